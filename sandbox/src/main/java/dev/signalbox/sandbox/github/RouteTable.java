package dev.signalbox.sandbox.github;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which endpoint answers which path. The first that fits wins.
 *
 * <p>Not Javalin's own routing: {@code git/ref/heads%2Fmain} and {@code git/ref/heads/main} are the
 * same to GitHub, and branch names with slashes stand in the middle of paths.
 */
final class RouteTable {

  /** One endpoint. */
  @FunctionalInterface
  interface Endpoint {
    Reply answer(Request request);
  }

  /** One endpoint with the journal's name for it and the pattern of its paths. */
  record Route(String operation, Pattern pattern, List<String> names, Endpoint endpoint) {

    /** Has no effect. */
    boolean reads() {
      return operation.startsWith("GET ");
    }

    boolean inRepository() {
      return operation.contains("{owner}");
    }
  }

  /** A route and the decoded parts of the path. */
  record Match(Route route, Map<String, String> path) {}

  private static final Pattern NAME = Pattern.compile("\\{(\\w+)(\\*?)}");

  private final List<Route> routes = new ArrayList<>();

  /** A path below {@code /repos/{owner}/{repo}}. */
  void inRepository(String method, String template, Endpoint endpoint) {
    add(method, "/repos/{owner}/{repo}" + template, endpoint);
  }

  /**
   * @param template {@code {name}} is one segment, {@code {name*}} may hold slashes
   */
  void add(String method, String template, Endpoint endpoint) {
    StringBuilder regex = new StringBuilder(method).append(' ');
    List<String> names = new ArrayList<>();
    Matcher name = NAME.matcher(template);
    int from = 0;
    while (name.find()) {
      regex.append(Pattern.quote(template.substring(from, name.start())));
      regex.append(name.group(2).isEmpty() ? "([^/]+)" : "(.+)");
      names.add(name.group(1));
      from = name.end();
    }
    regex.append(Pattern.quote(template.substring(from)));
    String operation = method + " " + template.replace("*}", "}");
    routes.add(new Route(operation, Pattern.compile(regex.toString()), names, endpoint));
  }

  /** The journal's names of all. */
  Set<String> operations() {
    return routes.stream().map(Route::operation).collect(Collectors.toSet());
  }

  Optional<Match> find(String method, String encodedPath) {
    for (Route route : routes) {
      Matcher matcher = route.pattern().matcher(method + " " + encodedPath);
      if (matcher.matches()) {
        Map<String, String> path = new LinkedHashMap<>();
        for (int i = 0; i < route.names().size(); i++) {
          path.put(route.names().get(i), decoded(matcher.group(i + 1)));
        }
        return Optional.of(new Match(route, path));
      }
    }
    return Optional.empty();
  }

  private static String decoded(String text) {
    try {
      // A plus is a plus in a path.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return text;
    }
  }
}
