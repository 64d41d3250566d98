package dev.signalbox.activities.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.health.HealthActivities.WantedVersion;
import dev.signalbox.workflows.policy.Condition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server that answers as it is told, and the probe that asks it. */
abstract class HealthProbeHouse {
  static final String REVISION = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
  static final String BEFORE = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c";
  static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  final HealthProbe probe = new HealthProbe(new Visit(Reach.ofTheInternet().andThisMachine()));
  final ExecutorService threads = Executors.newCachedThreadPool();
  HttpServer service;

  /** Nothing here waits for its end but what wants no answer, and a busy machine is slow. */
  Duration timeout = Duration.ofSeconds(60);

  Answering answering = exchange -> send(exchange, 200, "{}");

  interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setExecutor(threads);
    service.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answering.answer(exchange);
          }
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
    threads.shutdownNow();
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  String url() {
    return "http://127.0.0.1:" + service.getAddress().getPort();
  }

  Sample sample(WantedVersion version, Map<String, List<Condition>> expect) {
    return sample(url(), version, expect, 0);
  }

  Sample sample(
      String url, WantedVersion version, Map<String, List<Condition>> expect, int retries) {
    return probe.probe(target(url, version, expect, retries), NOW).sample();
  }

  Target target(
      String url, WantedVersion version, Map<String, List<Condition>> expect, int retries) {
    return new Target("web", url, "/health", version, expect, timeout, null, retries, null);
  }

  static WantedVersion commit() {
    return new WantedVersion("/version", REVISION, null, null, List.of(BEFORE));
  }
}
