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
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The steady address of one service instance. It forwards to whatever release is active; with none
 * it answers as Railway's edge does: 404 when nothing is deployed, 502 when the release does not
 * answer.
 */
public final class Proxy implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final Set<String> PER_CONNECTION =
      Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade", "expect");

  private final HttpServer server;
  private final int port;
  private final HttpClient client;
  private final Consumer<Exchanged> edge;
  private volatile App active;

  /**
   * One request as the edge saw it.
   *
   * @param milliseconds until the answer was there
   * @param received bytes of the request's body
   * @param sent bytes of the answer's body
   */
  public record Exchanged(
      Instant at,
      String method,
      String path,
      String agent,
      int status,
      long milliseconds,
      int received,
      int sent) {}

  /**
   * @param edge is told of each request once it is answered
   */
  public Proxy(Executor executor, HttpClient client, Consumer<Exchanged> edge) {
    this.client = client;
    this.edge = edge;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Kept: a closed server no longer knows it, and old states still show it.
    port = server.getAddress().getPort();
    server.setExecutor(executor);
    server.createContext("/", this::forward);
    server.start();
  }

  public int port() {
    return port;
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
      byte[] body = exchange.getRequestBody().readAllBytes();
      Instant begun = Instant.now();
      Answer answer = answer(exchange, body);
      // Before the answer leaves: who has it and then asks for metrics must find it there.
      edge.accept(exchanged(exchange, begun, body, answer));
      if (answer.type != null) {
        exchange.getResponseHeaders().set("Content-Type", answer.type);
      }
      send(exchange, answer.status, answer.body);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Answer {
    private final int status;
    private final String type;
    private final byte[] body;

    private Answer(int status, String type, byte[] body) {
      this.status = status;
      this.type = type;
      this.body = body;
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) throws InterruptedException {
    App app = active;
    if (app == null) {
      return new Answer(404, JSON, message("error", 404, "Application not found"));
    }
    try {
      HttpResponse<byte[]> answer =
          client.send(request(exchange, app, body), HttpResponse.BodyHandlers.ofByteArray());
      String type = answer.headers().firstValue("Content-Type").orElse(null);
      return new Answer(answer.statusCode(), type, answer.body());
    } catch (IOException away) {
      return new Answer(502, JSON, message("error", 502, "Application failed to respond"));
    }
  }

  private static Exchanged exchanged(
      HttpExchange exchange, Instant begun, byte[] body, Answer answer) {
    String agent = exchange.getRequestHeaders().getFirst("User-Agent");
    return new Exchanged(
        begun,
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        agent == null ? "" : agent,
        answer.status,
        Duration.between(begun, Instant.now()).toMillis(),
        body.length,
        answer.body.length);
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
