package dev.signalbox.sandbox.running;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One running release: an HTTP service on a port of its own. Every path is its health path; {@code
 * /env} shows the variables that Railway gave it.
 */
public final class App implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, String> variables;
  private final Consumer<String> output;
  private final Random chance = new Random(1);
  private volatile Behaviour behaviour;
  private volatile Instant unhealthyFrom = Instant.MAX;

  /**
   * @param output takes each line that the process writes
   */
  public App(
      Behaviour behaviour,
      Map<String, String> variables,
      Executor executor,
      Consumer<String> output) {
    this.behaviour = behaviour;
    this.variables = variables;
    this.output = output;
    this.server = listen(executor);
    server.createContext("/", this::answer);
    server.start();
    output.accept("Listening on port " + port());
  }

  private static HttpServer listen(Executor executor) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(executor);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public Behaviour behaviour() {
    return behaviour;
  }

  /** The platform sends traffic here from now on: what counts from then begins to count. */
  public void activated() {
    countFrom(Instant.now(), behaviour.unhealthyAfter());
  }

  /** Another behaviour from now on, without a deployment. */
  public void behave(Behaviour changed) {
    this.behaviour = changed;
    countFrom(Instant.now(), changed.unhealthyAfter());
  }

  private void countFrom(Instant start, Duration after) {
    unhealthyFrom = after == null ? Instant.MAX : start.plus(after);
  }

  /** What the health path answers now. */
  public int healthStatus() {
    return status(refusal());
  }

  private int status(Optional<String> refusal) {
    if (refusal.isPresent()) {
      return 500;
    }
    return Instant.now().isBefore(unhealthyFrom) ? behaviour.health() : 503;
  }

  /** What the database says against this release; empty = nothing, or it has none. */
  private Optional<String> refusal() {
    Storage database = behaviour.database();
    return database != null && database.given(variables)
        ? database.refusal(variables)
        : Optional.empty();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Thread.sleep(behaviour.latency().toMillis());
      exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestURI().getPath().equals("/env")) {
        send(exchange, 200, JSON.writeValueAsString(variables));
      } else if (unlucky()) {
        send(exchange, 500, "{\"status\":\"error\"}");
      } else {
        Optional<String> refusal = refusal();
        refusal.ifPresent(output);
        int status = status(refusal);
        send(exchange, status, body(status, refusal));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean unlucky() {
    synchronized (chance) {
      return chance.nextDouble() < behaviour.errors();
    }
  }

  private String body(int status, Optional<String> refusal) throws IOException {
    String commit = variables.getOrDefault("RAILWAY_GIT_COMMIT_SHA", "");
    String version = behaviour.version() == null ? commit : behaviour.version();
    if (behaviour.body() != null) {
      return behaviour.body().replace("{version}", version).replace("{commit}", commit);
    }
    Map<String, String> health = new LinkedHashMap<>();
    health.put("status", status < 400 ? "ok" : "unhealthy");
    health.put("version", version);
    health.put("service", variables.get("RAILWAY_SERVICE_NAME"));
    health.put("environment", variables.get("RAILWAY_ENVIRONMENT_NAME"));
    health.put("deployment", variables.get("RAILWAY_DEPLOYMENT_ID"));
    if (behaviour.database() != null && behaviour.database().given(variables)) {
      health.put("database", refusal.orElse("connected"));
    }
    return JSON.writeValueAsString(health);
  }

  private void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean json = body.startsWith("{") || body.startsWith("[");
    exchange
        .getResponseHeaders()
        .set("Content-Type", json ? "application/json" : "text/html; charset=utf-8");
    output.accept(
        exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + status);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head && bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
