package dev.signalbox.activities.github;

import dev.signalbox.activities.http.Answer;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.JsonHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetches what is too large to be kept in memory. GitHub sends a client on to another host, with
 * what opens it there in the address: our token does not go along, and that address is shown
 * nowhere.
 */
final class Downloads {
  private static final int MANY_MOVES = 5;
  private static final int BUFFER = 64 * 1024;

  private final JsonHttp http;
  private final OkHttpClient own;
  private final OkHttpClient foreign;
  private final String origin;

  /**
   * @param own says our token
   * @param origin the only one that may hear it, with a slash at its end
   */
  Downloads(JsonHttp http, OkHttpClient own, String origin) {
    this.http = http;
    this.own = patient(own);
    this.foreign = patient(http.client());
    this.origin = origin;
  }

  /** As a whole it may take long; each part of it may not. */
  private static OkHttpClient patient(OkHttpClient client) {
    return client.newBuilder().callTimeout(Duration.ZERO).build();
  }

  void download(String tried, Request first, Path file, long most) {
    Request request = first;
    for (int moves = 0; moves < MANY_MOVES; moves++) {
      Request shown = withoutQuery(request);
      try (Response response = client(request).newCall(request).execute()) {
        HttpUrl next = next(request, response);
        if (next == null) {
          if (!response.isSuccessful()) {
            throw refused(tried, shown, response);
          }
          write(tried, response, file, most);
          return;
        }
        request = new Request.Builder().url(next).build();
      } catch (IOException e) {
        throw http.failed(tried, shown, e);
      }
    }
    throw ApiException.rejected(
        "GitHub: " + tried + ": sent on more than " + MANY_MOVES + " times");
  }

  private OkHttpClient client(Request request) {
    return request.url().toString().startsWith(origin) ? own : foreign;
  }

  /** Null = this is the answer. From an encrypted address only an encrypted one is followed. */
  private static HttpUrl next(Request request, Response response) {
    String location = response.header("Location");
    HttpUrl next =
        response.isRedirect() && location != null ? request.url().resolve(location) : null;
    return next != null && (next.isHttps() || !request.isHttps()) ? next : null;
  }

  private static Request withoutQuery(Request request) {
    return request.newBuilder().url(request.url().newBuilder().query(null).build()).build();
  }

  private ApiException refused(String tried, Request shown, Response response) throws IOException {
    return http.refused(
        new Answer(
            tried,
            shown.method(),
            shown.url().toString(),
            response.code(),
            response.headers(),
            response.body() == null ? "" : response.body().string()));
  }

  private static void write(String tried, Response response, Path file, long most)
      throws IOException {
    if (response.body() == null) {
      throw new IOException("the answer is empty");
    }
    try (InputStream from = response.body().byteStream();
        OutputStream to = Files.newOutputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      long written = 0;
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        written += read;
        if (written > most) {
          throw ApiException.rejected(
              "GitHub: "
                  + tried
                  + ": they are more than "
                  + most / (1024 * 1024)
                  + " MiB, packed; a repository with migrations must be smaller");
        }
        to.write(buffer, 0, read);
      }
    }
  }
}
