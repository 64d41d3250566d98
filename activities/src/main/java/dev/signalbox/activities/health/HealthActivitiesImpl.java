package dev.signalbox.activities.health;

import dev.signalbox.activities.health.HealthWatch.Question;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.health.HealthActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Samples services over HTTP. Nothing here changes anything, so every retry is harmless. */
public final class HealthActivitiesImpl implements HealthActivities {
  private final Set<String> projects;
  private final Pace pace;
  private final Probes probes;
  private final ExecutorService requests =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "signalbox-health");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param projects that this worker serves
   * @param reach which addresses services may have
   */
  public HealthActivitiesImpl(Set<String> projects, Pace pace, Reach reach) {
    this.projects = Set.copyOf(projects);
    this.pace = pace;
    this.probes = new Probes(reach);
  }

  @Override
  public Samples sample(Targets targets) {
    Failures.requireServed(targets.project(), projects);
    return new Samples(round(targets.targets()));
  }

  @Override
  public VerificationEnd verify(VerifyOrder order) {
    Failures.requireServed(order.project(), projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    return verification(order, context.getHeartbeatDetails(Tally.class), context::heartbeat);
  }

  @Override
  public Observed observe(ObserveOrder order) {
    Failures.requireServed(order.verify().project(), projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    Optional<Place> before = context.getHeartbeatDetails(Place.class);
    Place verified =
        before
            .filter(Place::verified)
            .orElseGet(
                () -> {
                  VerificationEnd end =
                      verification(
                          order.verify(),
                          before.map(Place::tally),
                          tally -> context.heartbeat(new Place(tally, null, null)));
                  return new Place(null, end, pace.now());
                });
    boolean goesOn = verified.verification().verdict() == Verdict.HEALTHY && !order.soak().isZero();
    VerificationEnd soak =
        goesOn
            ? soak(
                order,
                Optional.ofNullable(verified.tally()),
                tally ->
                    context.heartbeat(
                        new Place(tally, verified.verification(), verified.verifiedAt())))
            : null;
    return new Observed(verified.verification(), verified.verifiedAt(), soak);
  }

  @Override
  public VerificationEnd soak(ObserveOrder order) {
    Failures.requireServed(order.verify().project(), projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    return soak(order, context.getHeartbeatDetails(Tally.class), context::heartbeat);
  }

  /**
   * Where an observation stands: what the next worker begins with.
   *
   * @param tally of the phase that it is in; null when that has just begun
   * @param verification null until it has ended
   */
  record Place(Tally tally, VerificationEnd verification, Instant verifiedAt) {
    boolean verified() {
      return verification != null;
    }
  }

  private VerificationEnd verification(
      VerifyOrder order, Optional<Tally> before, Consumer<Tally> heartbeat) {
    return new HealthWatch(pace, this::round, before, heartbeat)
        .watch(
            (tally, timeIsUp) ->
                tally.everyServiceHas(order.successes(), order.targets())
                    ? both(order)
                    : order.targets(),
            order.every(),
            new Budgets(order.fail(), order.error(), order.inconclusive(), null),
            new Question(
                order.timeout(),
                Duration.ZERO,
                (tally, timeIsUp) ->
                    tally.everyServiceHas(order.successes(), order.targets())
                        && tally.everyServiceHas(1, order.pages())));
  }

  // Lapses within the budgets are borne in its middle; at its end each has the last word itself.
  private VerificationEnd soak(
      ObserveOrder order, Optional<Tally> before, Consumer<Tally> heartbeat) {
    VerifyOrder verify = order.verify();
    return new HealthWatch(pace, this::round, before, heartbeat)
        .watch(
            (tally, timeIsUp) -> timeIsUp ? both(verify) : verify.targets(),
            verify.every(),
            new Budgets(verify.fail(), verify.error(), verify.inconclusive(), verify.timeout()),
            new Question(
                order.soak(),
                verify.timeout(),
                (tally, timeIsUp) ->
                    timeIsUp && tally.endsWell(both(verify), verify.unclearIsAccepted())));
  }

  private static List<Target> both(VerifyOrder order) {
    return Stream.concat(order.targets().stream(), order.pages().stream()).toList();
  }

  private Sample ask(Target target) {
    return probes.sample(target, pace.now());
  }

  /** All targets at the same time, answered in their order. */
  private List<Sample> round(List<Target> targets) {
    List<CompletableFuture<Sample>> asked =
        targets.stream()
            .map(target -> CompletableFuture.supplyAsync(() -> ask(target), requests))
            .toList();
    try {
      return asked.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }
}
