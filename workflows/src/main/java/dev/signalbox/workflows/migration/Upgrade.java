package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.FailedRevision;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.Ran;
import dev.signalbox.workflows.migration.UpgradeCall.Attempt;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Brings a database through its revisions to a known end. Nothing protects an upgrade from
 * happening twice, so that after each attempt, whatever it answered, the database is asked where it
 * stands, and that alone decides: at the target it is done; on the way, with nothing that could be
 * half done, it goes on from there by a fresh order; a revision that failed in its transaction is a
 * failure with the database as it was; everything else is a question.
 */
final class Upgrade {
  static final String STEP = "migrate";

  private static final String RETRY = "retry";
  private static final String ACCEPT = "accept";
  private static final String ABANDON = "abandon";

  /** Closes a question without a person: the database has reached the target. */
  private static final String FOUND = "found";

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final int MOST_LOCK_TRIES = 5;

  /** Whoever loses that many workers in a row loses them by what he does. */
  private static final int MOST_LOST = 5;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final MigrationOrder order;
  private final SchemaPath path;
  private final UpgradeCall call;
  private final Timeline timeline;
  private final Questions questions;
  private final Duration patience;
  private final BooleanSupplier calledOff;
  private final List<Ran> ran = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Where the database was seen last. */
  private List<String> at;

  private int position;
  private int lockTries;
  private int lost;
  private boolean sent;

  /**
   * @param questions null = nobody is asked: what is not done has failed
   * @param patience how long a step that cannot begin (another one migrates) is repeated
   * @param calledOff whether nothing more may begin; what runs is followed to its end all the same
   */
  Upgrade(
      MigrationOrder order,
      UpgradeCall call,
      Timeline timeline,
      Questions questions,
      Duration patience,
      BooleanSupplier calledOff) {
    this.order = order;
    this.at = order.from();
    this.path = new SchemaPath(order);
    this.call = call;
    this.timeline = timeline;
    this.questions = questions;
    this.patience = patience;
    this.calledOff = calledOff;
  }

  /** How it ended. */
  enum Outcome {
    DONE,
    /** Nothing was done. */
    NOT_DONE,
    /** Not done to its end; the database stands somewhere on the way, or nobody knows where. */
    FAILED,
    CALLED_OFF
  }

  /**
   * @param ran how many of the revisions are recorded, as far as that is known
   * @param at where the database stands, sorted; null = that is not known
   * @param log of the revision that failed, its last lines
   */
  record End(Outcome outcome, int ran, List<String> at, String detail, List<String> log) {}

  /** Runs the revisions; in a detached scope, for nobody cancels half of it. */
  End carryOut() {
    timeline.begin(STEP);
    Instant began = now();
    Duration pause = FIRST_PAUSE;
    while (true) {
      if (calledOff.getAsBoolean()) {
        return end(Outcome.CALLED_OFF, "called off", List.of());
      }
      Attempt attempt = call.once(order, at, order.revisions().subList(position, revisions()));
      if (!attempt.notDone()) {
        Optional<End> end = settled(attempt);
        if (end.isPresent()) {
          return end.get();
        }
        continue;
      }
      boolean late = now().isAfter(began.plus(patience));
      if (attempt.forGood() || late) {
        if (!sent) {
          return end(Outcome.NOT_DONE, attempt.detail(), List.of());
        }
        Optional<End> end = ask(attempt, call.look());
        if (end.isPresent()) {
          return end.get();
        }
        began = now();
      }
      timeline.waiting(STEP, attempt.detail());
      Workflow.await(pause, calledOff::getAsBoolean);
      pause = longer(pause);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  /** What the database says after an attempt that may have done something; empty = it goes on. */
  private Optional<End> settled(Attempt attempt) {
    sent = true;
    if (attempt.end() != null) {
      ran.addAll(attempt.end().ran());
      notes.addAll(attempt.end().notes());
    }
    UpgradeCall.Look look = call.look();
    int stands = position(look);
    if (!look.settled() || stands < 0) {
      return ask(attempt, look);
    }
    moved(stands, look);
    if (position == revisions()) {
      return Optional.of(done(attempt.end() == null ? attempt.detail() : null));
    }
    PendingRevision next = order.revisions().get(position);
    FailedRevision failed = attempt.failed();
    if (!next.transactional() || attempt.claimsDone()) {
      return ask(attempt, look);
    }
    if (failed == null) {
      return ++lost < MOST_LOST ? Optional.empty() : ask(attempt, look);
    }
    if (LOCK_NOT_AVAILABLE.equals(failed.sqlState()) && ++lockTries < MOST_LOCK_TRIES) {
      timeline.waiting(STEP, UpgradeWords.failed(failed) + "; tried again");
      Workflow.await(Duration.ofSeconds(5L * lockTries), calledOff::getAsBoolean);
      return Optional.empty();
    }
    return position == 0
        ? Optional.of(
            end(
                Outcome.FAILED,
                attempt.detail() + "; its transaction was rolled back, the database is as before",
                failed.log()))
        : ask(attempt, look);
  }

  /** On the way; -1 = not on it, or not known. */
  private int position(UpgradeCall.Look look) {
    return look.known() ? path.position(look.standing()) : -1;
  }

  private void moved(int position, UpgradeCall.Look look) {
    this.position = position;
    this.at = look.at();
  }

  // ---- what only a person decides

  private Optional<End> ask(Attempt attempt, UpgradeCall.Look first) {
    UpgradeCall.Look look = first;
    if (questions == null) {
      return Optional.of(abandoned(attempt, look, ""));
    }
    while (true) {
      boolean reached = position(look) == revisions();
      boolean accepted = reached && look.working().isEmpty();
      String answer =
          questions.ask(
              STEP,
              text(attempt, look, accepted),
              look.words(),
              accepted ? List.of(RETRY, ACCEPT, ABANDON) : List.of(RETRY, ABANDON),
              () -> isDone(call.look()) ? Optional.of(FOUND) : Optional.empty());
      if (answer.equals(ABANDON)) {
        return Optional.of(abandoned(attempt, look, "a person stopped here, "));
      }
      if (answer.equals(ACCEPT)) {
        moved(revisions(), look);
        return Optional.of(done("accepted by a person: " + look.words()));
      }
      look = call.look();
      if (isDone(look)) {
        moved(revisions(), look);
        return Optional.of(done(attempt.detail()));
      }
      int stands = look.known() && look.working().isEmpty() ? position(look) : -1;
      if (stands >= 0 && stands < revisions()) {
        moved(stands, look);
        lost = 0;
        return Optional.empty();
      }
    }
  }

  private boolean isDone(UpgradeCall.Look look) {
    return look.settled() && position(look) == revisions();
  }

  private String text(Attempt attempt, UpgradeCall.Look look, boolean accepted) {
    return "The migration is not done: "
        + attempt.detail()
        + ". "
        + (accepted
            ? "Look again (retry), go on all the same (accept), or stop here (abandon)?"
            : "Go on from where the database stands"
                + (look.known() ? ", " + SchemaPath.names(look.at()) : "")
                + " (retry), or leave it there and deploy nothing (abandon)?");
  }

  private End abandoned(Attempt attempt, UpgradeCall.Look look, String why) {
    position = Math.max(position(look), position);
    return new End(
        Outcome.FAILED,
        position,
        look.known() ? look.at() : null,
        attempt.detail()
            + "; "
            + why
            + (look.known()
                ? "the database stands at " + SchemaPath.names(look.at())
                : "where the database stands is not known"),
        attempt.failed() == null ? List.of() : attempt.failed().log());
  }

  // ---- how it ends

  private End done(String remark) {
    Duration took = ran.stream().map(Ran::took).reduce(Duration.ZERO, Duration::plus);
    StringBuilder detail = new StringBuilder();
    detail.append(SchemaPath.names(order.from())).append(" -> ");
    detail.append(SchemaPath.names(at)).append(": ");
    detail.append(SchemaChange.count(order.revisions()));
    if (ran.size() == revisions()) {
      detail.append(" in ").append(DurationText.of(took));
    }
    if (remark != null) {
      detail.append("; the database says so after this: ").append(remark);
    }
    notes.stream().distinct().forEach(note -> detail.append("; ").append(note));
    return end(Outcome.DONE, detail.toString(), List.of());
  }

  private End end(Outcome outcome, String detail, List<String> log) {
    return new End(outcome, position, at, detail, log);
  }

  private int revisions() {
    return order.revisions().size();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
