package dev.signalbox.sandbox.running;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The steady address of one service instance. It forwards to whatever release is active; with none
 * it answers as Railway's edge does: 404 when nothing is deployed, 502 when the release does not
 * answer.
 */
public final class Proxy implements AutoCloseable {
  private static final Set<String> PER_CONNECTION =
      Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade", "expect");

  private final HttpServer server;
  private final HttpClient client;
  private volatile App active;

  public Proxy(Executor executor, HttpClient client) {
    this.client = client;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::forward);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public Optional<App> active() {
    return Optional.ofNullable(active);
  }

  /** Sends traffic to this release from now on; null takes the service off the net. */
  public void switchTo(App app) {
    this.active = app;
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      App app = active;
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (app == null) {
        send(exchange, 404, message("error", 404, "Application not found"));
        return;
      }
      try {
        HttpResponse<byte[]> answer =
            client.send(request(exchange, app, body), HttpResponse.BodyHandlers.ofByteArray());
        answer
            .headers()
            .firstValue("Content-Type")
            .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        send(exchange, answer.statusCode(), answer.body());
      } catch (IOException away) {
        send(exchange, 502, message("error", 502, "Application failed to respond"));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpRequest request(HttpExchange exchange, App app, byte[] body) {
    URI target = URI.create("http://127.0.0.1:" + app.port() + exchange.getRequestURI());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofMinutes(1))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!PER_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private static byte[] message(String status, int code, String text) {
    return ("{\"status\":\"" + status + "\",\"code\":" + code + ",\"message\":\"" + text + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
