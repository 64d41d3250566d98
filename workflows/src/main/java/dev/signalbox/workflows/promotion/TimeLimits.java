package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A promotion's own limits. {@code checks} counts while its gate checks waits, {@code total} from
 * the start, but not while a person is asked. Without the keys nothing is counted and no event
 * spent.
 */
final class TimeLimits {
  private static final String CHECKS = "checks";

  private final Supplier<Limits> limits;
  private final BooleanSupplier peopleAreAsked;
  private final Supplier<String> stage;
  private final Consumer<Delay> tell;
  private final Consumer<String> totalPassed;
  private final PhaseClock checks = new PhaseClock();
  private final PhaseClock total = new PhaseClock();
  private boolean watched;
  private String over;

  /**
   * @param limits as the policy that was read last says
   * @param stage where the promotion stands, in a word
   * @param totalPassed is given the sentence, once
   */
  TimeLimits(
      Supplier<Limits> limits,
      BooleanSupplier peopleAreAsked,
      Supplier<String> stage,
      Consumer<Delay> tell,
      Consumer<String> totalPassed) {
    this.limits = limits;
    this.peopleAreAsked = peopleAreAsked;
    this.stage = stage;
    this.tell = tell;
    this.totalPassed = totalPassed;
  }

  /** Begins to count the total, where there is a limit; to be called when a policy was read. */
  void watchTotal() {
    if (!watched && limits.get().total() != null) {
      watched = true;
      total.run(true);
      Async.procedure(this::countTotal);
    }
  }

  private void countTotal() {
    while (limits.get().total() != null) {
      Duration limit = limits.get().total();
      total.run(!peopleAreAsked.getAsBoolean());
      if (total.passed(limit)) {
        over = sentence("not done", limit, limit) + ", it stood at " + stage.get();
        totalPassed.accept(over);
        return;
      }
      if (total.slow(limit)) {
        tell.accept(
            new Delay(
                "total",
                null,
                sentence("not done", PhaseClock.twoThirds(limit), limit)
                    + ", it stands at "
                    + stage.get()));
      }
      if (peopleAreAsked.getAsBoolean()) {
        Workflow.await(() -> !peopleAreAsked.getAsBoolean());
      } else {
        Workflow.await(total.untilNext(limit), peopleAreAsked::getAsBoolean);
      }
    }
    watched = false;
  }

  /** The end that the total sets, once it has passed. */
  Optional<Ending> totalPassed() {
    return over == null ? Optional.empty() : Optional.of(Ending.of(Result.TIMED_OUT, over));
  }

  /** Notes what the gates said, and whether the wait for checks ends here. */
  Optional<Ending> checksPassed(List<GateResult> gates) {
    Optional<GateResult> waiting =
        gates.stream()
            .filter(gate -> gate.name().equals(CHECKS) && gate.state() == GateResult.State.WAITING)
            .findFirst();
    checks.run(waiting.isPresent());
    Duration limit = limits.get().checks();
    if (waiting.isEmpty() || limit == null) {
      return Optional.empty();
    }
    String seen = ", last seen: " + waiting.get().evidence();
    if (checks.passed(limit)) {
      return Optional.of(
          Ending.of(Result.TIMED_OUT, sentence("gate checks not met", limit, limit) + seen));
    }
    if (checks.slow(limit)) {
      String sentence = sentence("gate checks not met", PhaseClock.twoThirds(limit), limit);
      tell.accept(new Delay(CHECKS, null, sentence + seen));
    }
    return Optional.empty();
  }

  /** How long to wait for the gates before the checks' limit wants a look; null = for ever. */
  Duration untilChecksAreLate(List<GateResult> gates) {
    Duration limit = limits.get().checks();
    boolean waits =
        gates.stream()
            .anyMatch(
                gate -> gate.name().equals(CHECKS) && gate.state() == GateResult.State.WAITING);
    return limit == null || !waits ? null : checks.untilNext(limit);
  }

  private static String sentence(String what, Duration spent, Duration limit) {
    return what
        + " after "
        + DurationText.of(spent)
        + (spent.equals(limit) ? "" : " of " + DurationText.of(limit));
  }
}
