package dev.signalbox.starter.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What answers somewhere. */
final class Addresses {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Addresses() {}

  /** What is answered at this address. */
  static String get(String address, String authorization) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).header("Authorization", authorization).build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
