package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What {@code signalbox.toml} says otherwise than when a run read it, learned while the run waits:
 * whoever was named in it when people were asked may be in it no more. It is read when a worker
 * tells that the file has changed, and never otherwise.
 */
final class PolicyNews {
  private final PolicyQuery query;
  private final Supplier<Pipeline> known;
  private final BooleanSupplier waits;
  private Change change;

  /**
   * @param known as the run read it last; null = it has not yet
   * @param waits whether it would wait on by what it knows: at any other time it reads the file
   *     itself before it does something
   */
  PolicyNews(String project, String environment, Supplier<Pipeline> known, BooleanSupplier waits) {
    this.query = new PolicyQuery(project, environment);
    this.known = known;
    this.waits = waits;
  }

  /** Takes a hint; whether it was about the file. */
  boolean heard(Hint hint) {
    if (hint.aboutPolicy() && known.get() != null && waits.getAsBoolean()) {
      look();
    }
    return hint.aboutPolicy();
  }

  private void look() {
    try {
      Pipeline now =
          Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
              .read(query);
      List<String> lines = Change.differences(PolicyKeys.of(known.get()), PolicyKeys.of(now));
      change = lines.isEmpty() ? null : new Change(lines, true);
    } catch (ActivityFailure | ApplicationFailure unread) {
      // Another worker's file may be faulty, or written at this moment. It is read again before
      // anything is done, and nothing that waits ends over it.
      Workflow.getLogger(PolicyNews.class)
          .info("told that the policy changed, and could not read it: {}", unread.getMessage());
    }
  }

  /** Whether what the run waits for is by other rules now. */
  boolean changed() {
    return change != null;
  }

  /** A step that is not to be begun by rules that hold no more. */
  <T> Supplier<Optional<T>> unlessChanged(Supplier<Optional<T>> step) {
    return () -> changed() ? Optional.empty() : step.get();
  }

  /** What changed, once: the run goes by it from now on. */
  Optional<Change> take() {
    Optional<Change> taken = Optional.ofNullable(change);
    change = null;
    return taken;
  }
}
