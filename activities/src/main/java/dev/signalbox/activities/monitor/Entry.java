package dev.signalbox.activities.monitor;

import dev.signalbox.workflows.monitor.Check;
import dev.signalbox.workflows.monitor.Check.Kind;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.monitor.State;
import java.time.Instant;

/** One check under watch: a few words of memory, and no thread. */
final class Entry {
  final Check check;

  /** How it stood when this attempt began. */
  final State ordered;

  Standing standing;
  Instant due;

  /** Its rhythm: the due of its last look that was no re-check. */
  Instant turn;

  /** When the look began that is under way; null = none is. */
  Instant asked;

  Entry(Check check, Standing standing, Instant due) {
    this.check = check;
    this.ordered = standing.state();
    this.standing = standing;
    this.due = due;
    this.turn = due;
  }

  boolean control() {
    return check.kind() == Kind.CONTROL;
  }

  /** Whether what was seen last is not yet what is said: it is looked at again soon. */
  boolean inDoubt() {
    Look last = standing.last();
    return last != null && last.state() != State.UNKNOWN && last.state() != standing.state();
  }

  /** Whether the next attempt would go wrong without knowing of it. */
  boolean worthKeeping() {
    return standing.state() != ordered || standing.bad() > 0 || inDoubt();
  }
}
