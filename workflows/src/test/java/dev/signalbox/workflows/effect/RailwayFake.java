package dev.signalbox.workflows.effect;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.Sent;
import dev.signalbox.workflows.railway.RecentDeployments;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Answers each deploy as it was told to, in turn, and shows deployments once their time has come.
 */
final class RailwayFake {
  static final String REVISION = "b".repeat(40);

  private record Shown(String id, String revision, long from) {}

  private final Deque<Supplier<Sent>> answers = new ArrayDeque<>();
  private final List<Shown> deployments = new ArrayList<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final TestWorkflowEnvironment engine;
  private CompletableFuture<Void> attemptPasses = CompletableFuture.completedFuture(null);
  private long awayFrom = Long.MAX_VALUE;
  private long awayUntil = Long.MAX_VALUE;
  private final AtomicInteger sends = new AtomicInteger();

  RailwayFake(TestWorkflowEnvironment engine) {
    this.engine = engine;
    deployments.add(new Shown("d-before", REVISION, 0));
  }

  RailwayActivities activities() {
    return Engine.knowing(
        RailwayActivities.class,
        Map.of("deploy", order -> deploy(), "recentDeployments", query -> recentDeployments()));
  }

  /** How often a call was sent, or might have been. */
  int sends() {
    attemptPasses.join();
    return sends.get();
  }

  RailwayFake answering(String id) {
    answers.add(() -> new Sent(id));
    return this;
  }

  RailwayFake failing(FailureType type) {
    answers.add(() -> fail(type, null));
    return this;
  }

  RailwayFake failing(FailureType type, Duration retryAfter) {
    answers.add(() -> fail(type, retryAfter));
    return this;
  }

  /** Fails with an unknown outcome, having made these deployments. */
  RailwayFake failingAfterMaking(String... ids) {
    answers.add(
        () -> {
          for (String id : ids) {
            deployments.add(new Shown(id, REVISION, engine.currentTimeMillis()));
          }
          return fail(FailureType.UNKNOWN_OUTCOME, null);
        });
    return this;
  }

  /** The worker dies before the call leaves. */
  RailwayFake dyingBeforeItSends() {
    answers.add(this::neverAnswers);
    return this;
  }

  /** The worker dies after it has said that the call leaves. */
  RailwayFake dyingAfterItSent() {
    answers.add(
        () -> {
          Activity.getExecutionContext().heartbeat(ActivityProfiles.SENDING);
          return neverAnswers();
        });
    return this;
  }

  RailwayFake showing(String id, String revision, Duration after) {
    deployments.add(new Shown(id, revision, engine.currentTimeMillis() + after.toMillis()));
    return this;
  }

  /** Reads fail from then until then, and are worth repeating. */
  RailwayFake away(Duration from, Duration until) {
    awayFrom = engine.currentTimeMillis() + from.toMillis();
    awayUntil = engine.currentTimeMillis() + until.toMillis();
    return this;
  }

  /** Whether somebody has read the list since this deployment stands in it. */
  boolean shown(String id) {
    return seen.contains(id);
  }

  // The clock does not skip while an attempt is under way, unless somebody sleeps.
  private Sent neverAnswers() {
    attemptPasses =
        CompletableFuture.runAsync(
            () -> engine.sleep(ActivityProfiles.BARE_ATTEMPT.plusSeconds(1)),
            task -> new Thread(task, "attempt").start());
    Activity.getExecutionContext().doNotCompleteOnReturn();
    return null;
  }

  private static Sent fail(FailureType type, Duration retryAfter) {
    throw ApplicationFailure.newBuilder()
        .setMessage("Railway said no")
        .setType(type.wireName())
        .setNonRetryable(retryAfter == null)
        .setNextRetryDelay(retryAfter)
        .build();
  }

  private Sent deploy() {
    sends.incrementAndGet();
    return answers.size() == 1 ? answers.peek().get() : answers.remove().get();
  }

  private RecentDeployments recentDeployments() {
    long now = engine.currentTimeMillis();
    if (awayFrom <= now && now < awayUntil) {
      throw ApplicationFailure.newFailure("Railway is away", FailureType.UNAVAILABLE.wireName());
    }
    return new RecentDeployments(
        deployments.stream()
            .filter(shown -> shown.from() <= now)
            .peek(shown -> seen.add(shown.id()))
            .map(
                shown ->
                    new Deployment(
                        shown.id(),
                        shown.revision(),
                        Status.ACTIVE,
                        "SUCCESS",
                        null,
                        true,
                        Instant.ofEpochMilli(shown.from()),
                        true,
                        null))
            .toList(),
        null);
  }
}
