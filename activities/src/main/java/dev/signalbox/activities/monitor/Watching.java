package dev.signalbox.activities.monitor;

import dev.signalbox.workflows.monitor.Check;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.Rules;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.monitor.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which check is looked at when, and what its looks add up to. Knows no network, no thread and no
 * clock: it is told the time and the looks, so that a day of thousands is played in a second.
 *
 * <p>Each check keeps its own rhythm: a look that came late does not move the next. What was not as
 * it is said to be is looked at again after {@link Rules#recheck}, until it is known.
 */
final class Watching {
  private final Rules rules;
  private final boolean once;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Entry> controls;
  private final PriorityQueue<Entry> queue = new PriorityQueue<>(Comparator.comparing(e -> e.due));
  private long looks;

  private Watching(
      List<Check> checks, List<Standing> standings, Rules rules, Instant now, boolean once) {
    this.rules = rules;
    this.once = once;
    Map<String, Standing> known =
        standings.stream()
            .collect(Collectors.toMap(Standing::check, Function.identity(), (one, two) -> two));
    for (int place = 0; place < checks.size(); place++) {
      Check check = checks.get(place);
      Standing standing =
          Optional.ofNullable(known.get(check.name()))
              .orElseGet(() -> Standing.unknown(check, now));
      Duration first =
          once ? Duration.ZERO : check.every().multipliedBy(place).dividedBy(checks.size());
      entries.add(new Entry(check, standing, now.plus(first)));
    }
    this.controls = entries.stream().filter(Entry::control).toList();
    queue.addAll(entries);
  }

  /** Looks at each once, and again only at what is in doubt. */
  static Watching round(List<Check> checks, List<Standing> standings, Rules rules, Instant now) {
    return new Watching(checks, standings, rules, now, true);
  }

  /** Looks at each for ever; the first looks are spread over the intervals. */
  static Watching lasting(List<Check> checks, List<Standing> standings, Rules rules, Instant now) {
    return new Watching(checks, standings, rules, now, false);
  }

  /** Takes what is to be looked at now; each of them is answered by {@link #saw}. */
  List<Entry> due(Instant now, int most) {
    List<Entry> due = new ArrayList<>();
    while (due.size() < most && !queue.isEmpty() && !queue.peek().due.isAfter(now)) {
      Entry entry = queue.poll();
      entry.asked = now;
      due.add(entry);
    }
    return due;
  }

  /** When the next is due; empty while all that is left is under way. */
  Optional<Instant> next() {
    return Optional.ofNullable(queue.peek()).map(entry -> entry.due);
  }

  /** Whether there is nothing to look at any more. */
  boolean over() {
    return queue.isEmpty() && entries.stream().allMatch(entry -> entry.asked == null);
  }

  /**
   * Takes a look into account.
   *
   * @return whether the check stands otherwise than before
   */
  boolean saw(Entry entry, Look seen, Instant now) {
    looks++;
    State before = entry.standing.state();
    Look look = decides(entry, seen) && !networkIsThere(entry) ? notOurs(seen) : seen;
    entry.standing = entry.standing.after(look, rules);
    entry.asked = null;
    if (!seen.state().serves() && !entry.control()) {
      askControls(now);
    }
    goOn(entry, now);
    return entry.standing.state() != before;
  }

  /** Whether this one look would make an outage. */
  private boolean decides(Entry entry, Look seen) {
    return !entry.control()
        && !controls.isEmpty()
        && entry.standing.state() != State.DOWN
        && entry.standing.after(seen, rules).state() == State.DOWN;
  }

  /** Whether an address that has nothing to do with it answered since the trouble began. */
  private boolean networkIsThere(Entry entry) {
    Look first = entry.standing.firstBad();
    return controls.stream()
        .map(control -> control.standing.last())
        .anyMatch(
            last ->
                last != null
                    && last.state().serves()
                    && (first == null || !last.at().isBefore(first.at())));
  }

  private static Look notOurs(Look seen) {
    return new Look(
        State.UNKNOWN,
        seen.expected(),
        seen.got() + " (and no control endpoint answers: our own network may be away)",
        seen.at(),
        seen.took());
  }

  private void askControls(Instant now) {
    for (Entry control : controls) {
      boolean soon = control.asked != null || !control.due.isAfter(now);
      Look last = control.standing.last();
      if (!soon && (last == null || last.at().plus(rules.recheck()).isBefore(now))) {
        queue.remove(control);
        control.due = now;
        queue.add(control);
      }
    }
  }

  private void goOn(Entry entry, Instant now) {
    if (entry.inDoubt()) {
      entry.due = now.plus(rules.recheck());
      queue.add(entry);
    } else if (!once) {
      entry.due = rhythm(entry, now);
      queue.add(entry);
    }
  }

  /** The next beat of its own rhythm; those that were missed are left out. */
  private static Instant rhythm(Entry entry, Instant now) {
    Duration every = entry.check.every();
    Instant next = entry.turn.plus(every);
    if (!next.isAfter(now)) {
      long missed = Duration.between(next, now).dividedBy(every);
      next = next.plus(every.multipliedBy(missed + 1));
    }
    entry.turn = next;
    return next;
  }

  /** Whether our own network is there: some control endpoint answered last, or there is none. */
  boolean network() {
    return controls.isEmpty()
        || controls.stream()
            .map(control -> control.standing.last())
            .anyMatch(last -> last == null || last.state().serves());
  }

  long looks() {
    return looks;
  }

  List<Entry> entries() {
    return entries;
  }

  /** In the order of the checks. */
  List<Standing> standings() {
    return entries.stream().map(entry -> entry.standing).toList();
  }
}
