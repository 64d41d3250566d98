package dev.signalbox.activities.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.Answer;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Credential;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/**
 * Carries one call to GitHub: headers, the memory of unchanged answers, pages read to their end,
 * and what a status means.
 */
final class GitHubHttp {
  private static final String API_VERSION = "2022-11-28";
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"?next\"?");
  private static final int MANY_PAGES = 50;

  private final JsonHttp http;
  private final GitHubApi api;
  private final String origin;
  private final Downloads downloads;

  GitHubHttp(URI base, Secret token, Clock clock) {
    this.http = new JsonHttp("GitHub", "GITHUB_TOKEN", clock, List.of(token));
    String root = base.toString().endsWith("/") ? base.toString() : base + "/";
    this.origin = base.getScheme() + "://" + base.getRawAuthority() + "/";
    OkHttpClient own = http.client(() -> Credential.bearer(token));
    this.downloads = new Downloads(http, own, origin);
    OkHttpClient client =
        own.newBuilder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .header("Accept", "application/vnd.github+json")
                            .header("X-GitHub-Api-Version", API_VERSION)
                            .build()))
            .addInterceptor(new ETagCache())
            .build();
    this.api =
        new Retrofit.Builder()
            .baseUrl(root)
            .client(client)
            .addConverterFactory(JacksonConverterFactory.create(JsonHttp.mapper()))
            .build()
            .create(GitHubApi.class);
  }

  GitHubApi api() {
    return api;
  }

  <T> T call(String tried, Call<T> call) {
    return response(tried, call).body();
  }

  /** Follows {@code Link: rel="next"} to the end; the addresses of pages are never computed. */
  <T> List<T> pages(String tried, Call<T> first, TypeReference<T> type) {
    return pages(tried, first, type, page -> false);
  }

  /** What stands on all pages of a list. */
  <T> List<T> all(String tried, Call<List<T>> first, TypeReference<List<T>> type) {
    return pages(tried, first, type).stream().flatMap(List::stream).toList();
  }

  /**
   * As {@code pages}, and no further than wanted.
   *
   * @param last whether what follows this page is not wanted
   */
  <T> List<T> pages(String tried, Call<T> first, TypeReference<T> type, Predicate<T> last) {
    List<T> pages = new ArrayList<>();
    Response<T> response = response(tried, first);
    pages.add(response.body());
    String next = next(response.headers());
    while (next != null && !last.test(pages.get(pages.size() - 1))) {
      if (pages.size() >= MANY_PAGES) {
        throw ApiException.rejected(
            "GitHub: " + tried + ": more than " + MANY_PAGES + " pages; a part is no answer");
      }
      Response<JsonNode> page = response(tried, api.next(next));
      pages.add(convert(tried, page, type));
      next = next(page.headers());
    }
    return pages;
  }

  private <T> T convert(String tried, Response<JsonNode> page, TypeReference<T> type) {
    try {
      return JsonHttp.mapper().readerFor(type).readValue(page.body());
    } catch (IOException e) {
      throw malformed(tried, page.raw().request(), page.code(), page.headers(), e);
    }
  }

  /** The token goes to this host only, wherever the header points. */
  private String next(Headers headers) {
    String link = headers.get("Link");
    Matcher next = NEXT.matcher(link == null ? "" : link);
    if (!next.find()) {
      return null;
    }
    if (!next.group(1).startsWith(origin)) {
      throw ApiException.rejected(
          "GitHub: the next page is said to be at "
              + next.group(1)
              + ", which is not "
              + origin
              + "; set SIGNALBOX_GITHUB_URL to the address that GitHub uses itself");
    }
    return next.group(1);
  }

  /** Writes what an address gives into a file, wherever it sends us; the token stays here. */
  void download(String tried, Request request, Path file, long most) {
    downloads.download(tried, request, file, most);
  }

  /** A call that is answered without a body. */
  void emptied(String tried, Call<Void> call) {
    Request request = call.request();
    try {
      Response<Void> response = call.execute();
      if (!response.isSuccessful()) {
        throw http.refused(answer(tried, request, response));
      }
    } catch (IOException e) {
      throw http.failed(tried, request, e);
    }
  }

  private <T> Response<T> response(String tried, Call<T> call) {
    Request request = call.request();
    try {
      Response<T> response = call.execute();
      if (!response.isSuccessful()) {
        throw http.refused(answer(tried, request, response));
      }
      if (response.body() == null) {
        throw malformed(tried, request, response.code(), response.headers(), null);
      }
      return response;
    } catch (JsonProcessingException e) {
      throw malformed(tried, request, 200, JsonHttp.noHeaders(), e);
    } catch (IOException e) {
      throw http.failed(tried, request, e);
    }
  }

  private static Answer answer(String tried, Request request, Response<?> response)
      throws IOException {
    String text = response.errorBody() == null ? "" : response.errorBody().string();
    return new Answer(
        tried,
        request.method(),
        request.url().toString(),
        response.code(),
        response.headers(),
        text);
  }

  private ApiException malformed(
      String tried, Request request, int status, Headers headers, IOException cause) {
    return http.exception(
        Kind.UNKNOWN_OUTCOME,
        new Answer(tried, request.method(), request.url().toString(), status, headers, ""),
        cause == null ? "nothing" : "what is not the JSON asked for: " + firstLine(cause),
        "it is asked again; if it stays so, compare GitHub's API version",
        null);
  }

  private static String firstLine(IOException cause) {
    return cause.getMessage() == null
        ? cause.toString()
        : cause.getMessage().lines().findFirst().orElse("");
  }
}
