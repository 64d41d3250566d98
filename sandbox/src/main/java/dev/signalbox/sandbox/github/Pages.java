package dev.signalbox.sandbox.github;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One page of a list and the {@code Link} header that leads on. */
final class Pages {

  private static final int DEFAULT = 30;
  private static final int LARGEST = 100;

  private Pages() {}

  /** The page as a plain array. */
  static <T> Reply array(Request request, List<T> all, Function<T, Object> shape) {
    return linked(request, all.size(), Reply.ok(shaped(request, all, shape)));
  }

  /** The elements of the page that is asked for. */
  static <T> List<Object> shaped(Request request, List<T> all, Function<T, Object> shape) {
    int from = Math.min(all.size(), (page(request) - 1) * size(request));
    int to = Math.min(all.size(), from + size(request));
    return all.subList(from, to).stream().map(shape).toList();
  }

  /** Adds first, prev, next and last as GitHub does: none when everything fits on one page. */
  static Reply linked(Request request, int total, Reply reply) {
    int last = Math.max(1, (total + size(request) - 1) / size(request));
    int page = page(request);
    List<String> links = new ArrayList<>();
    if (page > 1) {
      links.add(link(request, Math.min(page - 1, last), "prev"));
    }
    if (page < last) {
      links.add(link(request, page + 1, "next"));
      links.add(link(request, last, "last"));
    }
    if (page > 1) {
      links.add(link(request, 1, "first"));
    }
    return links.isEmpty() ? reply : reply.with("Link", String.join(", ", links));
  }

  static int page(Request request) {
    return Math.max(1, Math.min(number(request, "page", 1), 1_000_000));
  }

  static int size(Request request) {
    return Math.max(1, Math.min(LARGEST, number(request, "per_page", DEFAULT)));
  }

  private static int number(Request request, String name, int absent) {
    try {
      return request.query(name).map(Integer::parseInt).orElse(absent);
    } catch (NumberFormatException notANumber) {
      return absent;
    }
  }

  private static String link(Request request, int page, String relation) {
    return link(request, "page", Integer.toString(page), relation);
  }

  /** The address of this call with one parameter set otherwise. */
  static String link(Request request, String parameter, String wanted, String relation) {
    StringBuilder url = new StringBuilder(request.site()).append(request.rawPath()).append('?');
    for (Map.Entry<String, List<String>> query : request.queries().entrySet()) {
      if (!query.getKey().equals(parameter)) {
        for (String value : query.getValue()) {
          url.append(query.getKey())
              .append('=')
              .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
              .append('&');
        }
      }
    }
    return "<" + url.append(parameter).append('=').append(wanted) + ">; rel=\"" + relation + "\"";
  }
}
