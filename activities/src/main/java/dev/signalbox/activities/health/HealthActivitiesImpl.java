package dev.signalbox.activities.health;

import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.health.HealthActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Samples services over HTTP. Nothing here changes anything, so every retry is harmless. */
public final class HealthActivitiesImpl implements HealthActivities {
  private final Set<String> projects;
  private final Pace pace;
  private final HealthProbe probe = new HealthProbe();
  private final ExecutorService requests =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "signalbox-health");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param projects that this worker serves
   */
  public HealthActivitiesImpl(Set<String> projects, Pace pace) {
    this.projects = Set.copyOf(projects);
    this.pace = pace;
  }

  @Override
  public Samples sample(Targets targets) {
    Failures.requireServed(targets.project(), projects);
    return new Samples(round(targets.targets()));
  }

  @Override
  public VerificationEnd verify(VerifyOrder order) {
    Failures.requireServed(order.project(), projects);
    return watch()
        .watch(
            order.targets(),
            order.every(),
            new Budgets(order.fail(), order.error(), order.inconclusive()),
            (tally, now) -> {
              if (tally.everyServiceHas(order.successes(), order.targets())) {
                return Optional.of(Verdict.HEALTHY);
              }
              return now.isBefore(tally.startedAt().plus(order.timeout()))
                  ? Optional.empty()
                  : Optional.of(Verdict.TIMED_OUT);
            });
  }

  @Override
  public VerificationEnd soak(SoakOrder order) {
    Failures.requireServed(order.project(), projects);
    return watch()
        .watch(
            order.targets(),
            order.every(),
            new Budgets(order.fail(), order.error(), order.inconclusive()),
            (tally, now) ->
                now.isBefore(tally.startedAt().plus(order.duration()))
                    ? Optional.empty()
                    : Optional.of(Verdict.HEALTHY));
  }

  private HealthWatch watch() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    return new HealthWatch(
        pace, this::round, context.getHeartbeatDetails(Tally.class), context::heartbeat);
  }

  /** All targets at the same time, answered in their order. */
  private List<Sample> round(List<Target> targets) {
    List<CompletableFuture<Sample>> asked =
        targets.stream()
            .map(
                target ->
                    CompletableFuture.supplyAsync(() -> probe.sample(target, pace.now()), requests))
            .toList();
    try {
      return asked.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }
}
