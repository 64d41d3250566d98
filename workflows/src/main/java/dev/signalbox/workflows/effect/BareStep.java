package dev.signalbox.workflows.effect;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.RailwayActivities.Sent;
import dev.signalbox.workflows.release.Moments;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A step that nothing protects from happening twice, brought to a known end: done, not done, or
 * asked about. It is never cancelled half-way: who cancels waits for its end. But a call that is
 * known not to have been made is not made after it was called off.
 *
 * <p>The activity has one attempt. Its outcome is judged here alone: an id is <em>done</em>; a
 * failure that proves that nothing left is <em>not done</em> and repeated; anything else is
 * <em>unknown</em> and read back for the settle time: exactly one new id with our revision is
 * adopted, none or several is a question. What leaves nothing to read back is a question at once.
 */
public final class BareStep {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** Closes a question without a person: the read has found the one new deployment. */
  private static final String FOUND = "found";

  private final Questions questions;
  private final Duration settle;
  private final Duration away;
  private final Duration patience;
  private final BooleanSupplier calledOff;

  /**
   * @param settle how long an unclear outcome is read back before a person is asked, counted from
   *     the first answer
   * @param away how long that read may go unanswered before a person is asked
   * @param patience how long a step that is refused for now (away, rate limit) is repeated
   * @param calledOff whether nothing more may be sent; what has left is followed to its end all the
   *     same
   */
  public BareStep(
      Questions questions,
      Duration settle,
      Duration away,
      Duration patience,
      BooleanSupplier calledOff) {
    this.questions = questions;
    this.settle = settle;
    this.away = away;
    this.patience = patience;
    this.calledOff = calledOff;
  }

  /**
   * What is to be done.
   *
   * @param name of the step, for questions
   * @param revision the commit that the new deployment will carry
   * @param baseline ids that existed before, read by an earlier activity
   * @param send the bare activity
   * @param read the newest deployments; null = it makes none, so only a person can tell
   */
  public record Order(
      String name,
      String service,
      String revision,
      List<String> baseline,
      Supplier<Sent> send,
      Reads.Read<List<Deployment>> read) {

    /** Does something to one deployment that Railway shows no trace of afterwards. */
    public static Order traceless(
        String name, String service, String deploymentId, Supplier<Sent> send) {
      return new Order(name, service, null, List.of(deploymentId), send, null);
    }
  }

  /**
   * How it ended.
   *
   * @param refused whether the other side said no: nothing was done, and repeating does not help
   */
  public record End(String deploymentId, boolean abandoned, boolean refused, String detail) {
    private static End done(String deploymentId, String detail) {
      return new End(deploymentId, false, false, detail);
    }

    private static End notDone(boolean refused, String detail) {
      return new End(null, false, refused, detail);
    }

    public boolean done() {
      return deploymentId != null;
    }
  }

  /** Carries the step out to a known end, whatever is cancelled meanwhile. */
  public End carryOut(Order order) {
    End[] end = new End[1];
    CancellationScope scope =
        Workflow.newDetachedCancellationScope(() -> end[0] = attempt(order, order.baseline()));
    scope.run();
    return end[0];
  }

  private End attempt(Order order, List<String> baseline) {
    Instant started = now();
    Backoff backoff = new Backoff(Duration.ofSeconds(1), LONGEST_PAUSE);
    String last = "it was not sent";
    while (true) {
      if (calledOff.getAsBoolean()) {
        return End.notDone(false, "called off: " + last);
      }
      BareOutcome outcome = BareOutcome.of(() -> order.send().get().deploymentId());
      if (outcome.id() != null) {
        return End.done(outcome.id(), null);
      }
      if (outcome.unknown() && order.read() == null) {
        return askUnseen(order, outcome.detail());
      }
      if (outcome.unknown()) {
        return readBack(order, baseline, outcome.detail());
      }
      if (outcome.permanent() || now().isAfter(started.plus(patience))) {
        return End.notDone(outcome.permanent(), outcome.detail());
      }
      last = outcome.detail();
      Duration pause = backoff.next();
      Workflow.await(outcome.pause() == null ? pause : outcome.pause(), calledOff::getAsBoolean);
    }
  }

  // An attempt that timed out has passed its own deadline by then: nothing of it can still be sent.
  // Time in which Railway does not answer settles nothing, so the settle time begins with the first
  // answer.
  private End readBack(Order order, List<String> baseline, String why) {
    Instant until = null;
    Duration pause = settle.dividedBy(16);
    while (true) {
      Seen seen = look(order, baseline, away);
      if (seen.one()) {
        return End.done(seen.fresh().get(0), "adopted after " + why);
      }
      until = until == null ? now().plus(settle) : until;
      if (seen.unread() != null || seen.fresh().size() > 1 || !now().isBefore(until)) {
        return ask(order, baseline, why, seen);
      }
      Workflow.sleep(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private End askUnseen(Order order, String why) {
    String answer =
        questions.ask(
            order.name() + "-" + order.service(),
            text(order, why),
            "it leaves no trace that could be read back: look whether the process is a new one",
            List.of("done", "not-done", "abandon"),
            Optional::empty);
    if (answer.equals("abandon")) {
      return abandoned(order, why);
    }
    return answer.equals("done")
        ? End.done(order.baseline().get(0), "a person said that it is done")
        : attempt(order, order.baseline());
  }

  private static String text(Order order, String why) {
    return "Did Railway carry out \"" + order.name() + "\" of " + order.service() + "? " + why;
  }

  private static End abandoned(Order order, String why) {
    return new End(
        null, true, false, order.name() + " of " + order.service() + " abandoned: " + why);
  }

  private End ask(Order order, List<String> baseline, String why, Seen before) {
    Seen seen = before;
    String read = seen.words();
    while (true) {
      String answer =
          questions.ask(
              order.name() + "-" + order.service(),
              text(order, why),
              read,
              List.of("done", "not-done", "abandon"),
              () -> look(order, baseline, null).one() ? Optional.of(FOUND) : Optional.empty(),
              seen.away() ? Duration.ZERO : Questions.REREAD);
      if (answer.equals("abandon")) {
        return abandoned(order, why);
      }
      seen = look(order, baseline, away);
      if (answer.equals("not-done") && seen.unread() == null) {
        List<String> known = new ArrayList<>(baseline);
        known.addAll(seen.fresh());
        return attempt(order, known);
      }
      if (seen.one()) {
        return End.done(
            seen.fresh().get(0),
            answer.equals(FOUND)
                ? "adopted when it was found after " + why
                : "adopted: a person said that it is done");
      }
      read =
          (answer.equals(FOUND) ? "seen once, but now " : "answered \"" + answer + "\", but ")
              + seen.words();
    }
  }

  /**
   * One read back.
   *
   * @param fresh ids of our commit that the baseline does not have
   * @param unread why there was no answer; null = there was one
   * @param away whether there may be one soon
   */
  private record Seen(List<String> fresh, String unread, boolean away) {
    boolean one() {
      return fresh.size() == 1;
    }

    String words() {
      return said() + " (read " + Moments.text(now()) + ")";
    }

    private String said() {
      if (unread != null) {
        return "Railway's deployments cannot be read: " + unread;
      }
      return fresh.isEmpty()
          ? "Railway shows no new deployment of this commit"
          : "Railway shows "
              + fresh.size()
              + " new deployments of this commit: "
              + String.join(", ", fresh);
    }
  }

  // A read that is refused for good (a token that was revoked) or unanswered shows nothing. Then a
  // person decides, because the call may have had its effect all the same.
  private static Seen look(Order order, List<String> baseline, Duration longest) {
    try {
      return new Seen(
          order.read().within(longest).stream()
              .filter(deployment -> !baseline.contains(deployment.id()))
              .filter(deployment -> Objects.equals(order.revision(), deployment.revision()))
              .map(Deployment::id)
              .toList(),
          null,
          false);
    } catch (ActivityFailure failure) {
      Workflow.getLogger(BareStep.class)
          .warn("outcome not readable step={} service={}", order.name(), order.service());
      return new Seen(List.of(), Reads.reason(failure), !Reads.refusedForGood(failure));
    }
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
