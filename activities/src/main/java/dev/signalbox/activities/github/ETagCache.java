package dev.signalbox.activities.github;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.ByteString;

/**
 * Remembers answers by their ETag: an unchanged one comes back as 304, which does not count against
 * GitHub's primary rate limit.
 *
 * @see <a
 *     href="https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate">Use
 *     conditional requests</a>
 */
final class ETagCache implements Interceptor {
  private static final int ENTRIES = 256;
  private static final long LARGEST = 1 << 20;

  private record Key(String url, String accept) {}

  private record Remembered(String etag, Headers headers, MediaType type, ByteString body) {}

  private final Map<Key, Remembered> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Remembered> eldest) {
          return size() > ENTRIES;
        }
      };

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    if (!request.method().equals("GET")) {
      return chain.proceed(request);
    }
    Key key = new Key(request.url().toString(), request.header("Accept"));
    Remembered known = get(key);
    Response response =
        chain.proceed(
            known == null
                ? request
                : request.newBuilder().header("If-None-Match", known.etag()).build());
    if (known != null && response.code() == 304) {
      response.close();
      return remembered(response, known);
    }
    return response.code() == 200 && response.header("ETag") != null
        ? remember(key, response)
        : response;
  }

  private Response remember(Key key, Response response) throws IOException {
    ResponseBody body = response.body();
    if (body == null || body.contentLength() > LARGEST) {
      return response;
    }
    MediaType type = body.contentType();
    ByteString bytes = body.byteString();
    if (bytes.size() <= LARGEST) {
      put(key, new Remembered(response.header("ETag"), response.headers(), type, bytes));
    }
    return response.newBuilder().body(ResponseBody.create(bytes, type)).build();
  }

  /** The remembered answer under the new one's rate-limit headers. */
  private static Response remembered(Response unchanged, Remembered known) {
    Headers.Builder headers = known.headers().newBuilder();
    unchanged.headers().names().stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("x-ratelimit-"))
        .forEach(name -> headers.set(name, unchanged.header(name)));
    return unchanged
        .newBuilder()
        .code(200)
        .message("OK")
        .headers(headers.build())
        .body(ResponseBody.create(known.body(), known.type()))
        .build();
  }

  private Remembered get(Key key) {
    synchronized (entries) {
      return entries.get(key);
    }
  }

  private void put(Key key, Remembered entry) {
    synchronized (entries) {
      entries.put(key, entry);
    }
  }
}
