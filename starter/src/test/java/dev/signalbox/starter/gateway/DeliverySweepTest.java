package dev.signalbox.starter.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.github.GitHubHooks;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries of the sandbox's GitHub that a receiver did not take. */
class DeliverySweepTest {
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private volatile int status = 503;
  private Sandbox sandbox;
  private HttpServer receiver;
  private GitHubHooks github;
  private Repository repository;

  @BeforeEach
  void open() throws Exception {
    sandbox = Sandbox.start(SandboxSettings.demo().withTiming(SandboxSettings.Timing.QUICK));
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
          received.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-GitHub-Delivery"));
        });
    receiver.start();
    repository = Repository.of(sandbox.repositoryName());
    github =
        new GitHubHooks(
            URI.create(sandbox.githubUrl()), new Secret(sandbox.githubToken()), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    receiver.stop(0);
    sandbox.close();
  }

  @Test
  void hasWhatWasNotTakenSentOnceMore() throws Exception {
    hook("/webhooks/github", "push");
    String lost = pushed();
    status = 202;

    assertThat(sweep(Duration.ZERO).sweep()).isEqualTo(1);
    assertThat(next()).as("by the same id").isEqualTo(lost);
    listed(2);
    assertThat(sweep(Duration.ZERO).sweep()).isZero();
    assertThat(sweep(Duration.ofDays(1)).sweep()).isZero();
  }

  @Test
  void waitsLongerAfterEachAttempt() throws Exception {
    hook("/webhooks/github", "push");
    pushed();
    DeliverySweep first = sweep(Duration.ZERO);

    assertThat(first.sweep()).isEqualTo(1);
    next();
    listed(2);
    assertThat(first.sweep()).isZero();
    assertThat(sweep(Duration.ofMinutes(6)).sweep()).isEqualTo(1);
    next();
    listed(3);
    assertThat(sweep(Duration.ofMinutes(6)).sweep()).isZero();
    assertThat(sweep(Duration.ofDays(4)).sweep()).as("GitHub keeps three days").isZero();
  }

  @Test
  void leavesAloneWhatWasRefusedForGoodAndWhatIsOthers() throws Exception {
    hook("/webhooks/github", "push");
    hook("/elsewhere", "push");
    status = 400;
    pushed();
    next();
    listed(1);

    assertThat(sweep(Duration.ZERO).sweep()).isZero();
  }

  private DeliverySweep sweep(Duration later) {
    return new DeliverySweep(github, repository, Clock.offset(Clock.systemUTC(), later));
  }

  private String pushed() throws Exception {
    sandbox.pushRelease("staging", Map.of("notes.txt", "news".getBytes(UTF_8)), "News");
    String delivery = next();
    listed(1);
    return delivery;
  }

  private String next() throws InterruptedException {
    String delivery = received.poll(2, TimeUnit.MINUTES);
    assertThat(delivery).isNotNull();
    return delivery;
  }

  /** The list has it a moment after the receiver. */
  private void listed(int number) {
    long hook = github.hooks(repository).get(0).id();
    for (int tries = 0; tries < 1_000; tries++) {
      if (github.deliveries(repository, hook, Instant.EPOCH).stream()
              .filter(one -> one.event().equals("push"))
              .count()
          == number) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    throw new AssertionError("not listed: " + number);
  }

  private void hook(String path, String event) throws Exception {
    String body =
        """
        {"name": "web", "active": true, "events": ["%s"],
         "config": {"url": "http://127.0.0.1:%d%s", "content_type": "json", "secret": "s"}}
        """
            .formatted(event, receiver.getAddress().getPort(), path);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(sandbox.githubUrl() + "/repos/" + sandbox.repositoryName() + "/hooks"))
            .header("Authorization", "Bearer " + sandbox.githubToken())
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(201);
    assertThat(next()).as("the ping").startsWith(path);
  }
}
