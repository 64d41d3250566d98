package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

/** A wait for a deployment that Railway tells of over its web-socket. */
@ResourceLock(OnSandbox.LOG_OF_EVENTS)
class DeploymentEventsTest extends OnSandbox {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final String SUBSCRIPTION = "subscription:deployment";
  private static final String CONNECT = "subscription:connect";

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private RailwayClient railway;

  @BeforeEach
  void listenToTheLog() {
    railway = railway(Clock.systemUTC());
    railway.credential();
    said.start();
    said.list.clear();
    ((Logger) LoggerFactory.getLogger(RailwayEvents.class)).addAppender(said);
  }

  @AfterEach
  void forgetTheLog() {
    ((Logger) LoggerFactory.getLogger(RailwayEvents.class)).detachAppender(said);
  }

  /** A deployment that builds until it is taken away. */
  private String building() {
    String slow =
        sandbox.pushRelease(
            "slow",
            Map.of("backend/sandbox.toml", "build = \"60s\"\n".getBytes(StandardCharsets.UTF_8)),
            "A release that builds for long");
    return sandbox.railway().deploy("production", "backend", slow).id();
  }

  private CompletableFuture<DeploymentEnd> await(String id, Duration poll) {
    return CompletableFuture.supplyAsync(
        () ->
            new DeploymentWatch(
                    railway,
                    new AwaitOrder(
                        PROJECT,
                        "backend",
                        id,
                        null,
                        null,
                        Duration.ofMinutes(1),
                        null,
                        poll,
                        List.of()),
                    Pace.of(Clock.systemUTC()),
                    Optional.empty(),
                    progress -> {})
                .watch(),
        task -> new Thread(task, "watching").start());
  }

  private void remove(String id) {
    sandbox.railway().remove(id);
  }

  private List<Journal.Entry> calls(Predicate<Journal.Entry> wanted) {
    return seen().stream().filter(wanted).toList();
  }

  private List<Journal.Entry> of(String operation) {
    return calls(entry -> entry.operation().equals(operation));
  }

  private void until(String operation, int times) {
    Instant end = Instant.now().plusSeconds(120);
    while (of(operation).size() < times) {
      assertThat(Instant.now()).as("%s seen %d times: %s", operation, times, seen()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static void until(Instant moment) {
    while (Instant.now().isBefore(moment)) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Test
  void readsAtOnceWhenTheEndIsToldAndSeldomBefore() {
    String id = building();
    CompletableFuture<DeploymentEnd> end = await(id, POLL);
    until(SUBSCRIPTION, 1);
    until(of("deployment").get(0).at().plus(POLL.multipliedBy(2)));

    remove(id);

    assertThat(end.join().last().status()).isEqualTo(Status.REMOVED);
    List<Journal.Entry> reads = of("deployment");
    assertThat(reads).as("at once, at the end").hasSize(2);
    assertThat(Duration.between(reads.get(0).at(), reads.get(1).at()))
        .as("before it would have read without being told")
        .isLessThan(POLL.multipliedBy(DeploymentWatch.QUIET - 1));
    assertThat(of(SUBSCRIPTION)).hasSize(1);
    assertThat(of(SUBSCRIPTION).get(0).caller()).startsWith("signalbox/");
  }

  @Test
  void readsNeverMoreOftenThanAllowedHoweverMuchIsTold() {
    String id = building();
    Instant begun = Instant.now();
    CompletableFuture<DeploymentEnd> end = await(id, POLL);
    until(SUBSCRIPTION, 1);

    remove(id);

    end.join();
    // By the whole time: on its way to the journal one read may take longer than the next.
    assertThat(Duration.between(begun, Instant.now()))
        .isGreaterThanOrEqualTo(POLL.multipliedBy(of("deployment").size() - 1L));
  }

  @Test
  void connectsAgainWhenTheLineBreaks() {
    sandbox.faults().add(Rule.of(SUBSCRIPTION, Fault.RESET_AFTER));
    String id = building();
    CompletableFuture<DeploymentEnd> end = await(id, Duration.ofMillis(200));

    until(SUBSCRIPTION, 2);
    remove(id);

    assertThat(end.join().last().status()).isEqualTo(Status.REMOVED);
    assertThat(said.list).isEmpty();
  }

  @Test
  void goesOnReadingWhereNothingIsTold() {
    sandbox.faults().add(Rule.of(SUBSCRIPTION, Fault.HANG).times(0));
    String id = building();
    CompletableFuture<DeploymentEnd> end = await(id, Duration.ofMillis(100));
    until(SUBSCRIPTION, 1);
    int before = of("deployment").size();

    until("deployment", before + 5);
    remove(id);

    assertThat(end.join().last().status()).isEqualTo(Status.REMOVED);
  }

  @Test
  void saysOnceThatThereIsNoWebSocketAndReads() {
    sandbox.faults().add(Rule.of(CONNECT, Fault.SERVER_ERROR).times(0));
    for (int wait = 0; wait < 2; wait++) {
      String id = building();
      CompletableFuture<DeploymentEnd> end = await(id, Duration.ofMillis(100));
      until(CONNECT, wait + 1);
      int before = of("deployment").size();
      until("deployment", before + 5);
      remove(id);
      assertThat(end.join().last().status()).isEqualTo(Status.REMOVED);
    }

    assertThat(of(CONNECT)).as("once for each wait").hasSize(2);
    assertThat(said.list).hasSize(1);
    assertThat(said.list.get(0).getFormattedMessage())
        .contains("answered 503")
        .doesNotContain(sandbox.railwayToken());
  }

  @Test
  void givesUpOnAServerThatAlwaysHangsUp() {
    sandbox.faults().add(Rule.of(SUBSCRIPTION, Fault.RESET_BEFORE).times(0));
    String id = building();
    CompletableFuture<DeploymentEnd> end = await(id, Duration.ofMillis(100));

    until(SUBSCRIPTION, 3);
    int before = of("deployment").size();
    until("deployment", before + 5);
    remove(id);

    assertThat(end.join().last().status()).isEqualTo(Status.REMOVED);
    assertThat(of(SUBSCRIPTION)).hasSize(3);
    assertThat(said.list).hasSize(1);
  }
}
