package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.Deliveries;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.SandboxClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends the deliveries of one hook, one after another, disturbed as {@link Faults} say. Nothing is
 * sent twice by itself: what failed is only kept. Source: "Handling failed webhook deliveries".
 */
final class HookSender implements AutoCloseable {

  /** GitHub gives up after this time. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final SandboxClock clock;
  private final Consumer<Delivery> ended;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LONGEST).build();
  private final Deliveries deliveries;

  /**
   * @param ended hears of each delivery, also of one that was lost
   */
  HookSender(SandboxClock clock, Faults faults, Consumer<Delivery> ended) {
    this.clock = clock;
    this.deliveries = new Deliveries(faults);
    this.ended = ended;
  }

  void send(Hook hook, Delivery delivery) {
    deliveries.send(delivery.event(), () -> post(hook, delivery), () -> lose(delivery));
  }

  private void lose(Delivery delivery) {
    ended.accept(
        delivery
            .leaving(clock.now(), Map.of())
            .ended(Duration.ZERO, 502, "failed to connect to host", Map.of(), ""));
  }

  private void post(Hook hook, Delivery delivery) {
    byte[] body =
        (hook.form()
                ? "payload=" + URLEncoder.encode(delivery.payload(), StandardCharsets.UTF_8)
                : delivery.payload())
            .getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = headers(hook, delivery, body);
    Delivery leaving = delivery.leaving(clock.now(), headers);
    long began = System.nanoTime();
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(hook.url()))
              .timeout(LONGEST)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean taken = answer.statusCode() / 100 == 2;
      Map<String, String> received = new LinkedHashMap<>();
      answer.headers().map().forEach((name, values) -> received.put(name, values.get(0)));
      ended.accept(
          leaving.ended(
              since(began),
              answer.statusCode(),
              taken ? "OK" : "Invalid HTTP Response: " + answer.statusCode(),
              received,
              answer.body()));
    } catch (HttpTimeoutException slow) {
      ended.accept(leaving.ended(since(began), 504, "timed out", Map.of(), ""));
    } catch (IOException | IllegalArgumentException unreachable) {
      ended.accept(leaving.ended(since(began), 502, "failed to connect to host", Map.of(), ""));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static Map<String, String> headers(Hook hook, Delivery delivery, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "*/*");
    headers.put(
        "Content-Type", hook.form() ? "application/x-www-form-urlencoded" : "application/json");
    headers.put("User-Agent", "GitHub-Hookshot/sandbox");
    headers.put("X-GitHub-Delivery", delivery.guid());
    headers.put("X-GitHub-Event", delivery.event());
    headers.put("X-GitHub-Hook-ID", Long.toString(hook.id()));
    headers.put("X-GitHub-Hook-Installation-Target-Type", "repository");
    if (hook.secret() != null) {
      headers.put("X-Hub-Signature", Signature.sha1(hook.secret(), body));
      headers.put("X-Hub-Signature-256", Signature.sha256(hook.secret(), body));
    }
    return headers;
  }

  @Override
  public void close() {
    deliveries.close();
  }
}
