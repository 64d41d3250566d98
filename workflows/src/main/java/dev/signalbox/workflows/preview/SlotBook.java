package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.policy.PreviewUpkeep;
import dev.signalbox.workflows.preview.Slots.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets one environment be made at a time, in the order of asking, and no more than there may be.
 * Who has to wait is told when to ask again, and keeps its place; who does not come then has lost
 * it. Pure.
 */
final class SlotBook {
  /** After its time; by then its worker is dead, or it is not wanted any more. */
  private static final Duration LATE = Duration.ofMinutes(1);

  /** Longer than a creation takes with whatever goes wrong. */
  private static final Duration LONGEST_CREATION = Duration.ofMinutes(10);

  /** How long an environment that was made and never marked is known for ours. */
  private static final Duration KEPT = Duration.ofDays(7);

  private final List<Turn> queue;
  private final List<Turn> let;
  private Instant last;

  SlotBook(Slots slots) {
    this.last = slots.last();
    this.queue = new ArrayList<>(slots.queue());
    this.let = new ArrayList<>(slots.let());
  }

  Slots slots() {
    return new Slots(last, queue, let);
  }

  /**
   * @param there pull requests that have an environment of ours
   */
  SlotAnswer ask(int number, Set<Integer> there, PreviewUpkeep upkeep, Instant now) {
    boolean again =
        let.stream().anyMatch(turn -> turn.number() == number && mayBeMaking(turn, now));
    let.removeIf(turn -> there.contains(turn.number()) || turn.at().plus(KEPT).isBefore(now));
    queue.removeIf(turn -> turn.number() != number && turn.at().plus(LATE).isBefore(now));
    Optional<SlotAnswer> full = full(number, there, upkeep, now);
    if (full.isPresent()) {
      queue.removeIf(turn -> turn.number() == number);
      return full.get();
    }
    int place = place(number, again);
    Instant free = last == null ? now : last.plus(upkeep.createEvery());
    if (place == 0 && !now.isBefore(free)) {
      queue.remove(0);
      let.removeIf(turn -> turn.number() == number);
      let.add(new Turn(number, now));
      last = now;
      return SlotAnswer.granted();
    }
    Instant turn = (free.isAfter(now) ? free : now).plus(upkeep.createEvery().multipliedBy(place));
    queue.set(place, new Turn(number, turn));
    return new SlotAnswer(
        SlotAnswer.Kind.LATER,
        Duration.between(now, turn),
        place == 0 ? "the last environment was made a moment ago" : place + " before it");
  }

  /**
   * Who was let last makes it only now: a look at the base takes its time. False where another was
   * let meanwhile.
   */
  boolean begins(int number, Instant now) {
    boolean mine = let.stream().anyMatch(turn -> turn.number() == number && turn.at().equals(last));
    if (mine) {
      let.removeIf(turn -> turn.number() == number);
      let.add(new Turn(number, now));
      last = now;
    }
    return mine;
  }

  /** What was let be made is gone: it is not being made any more. */
  void freed(int number) {
    let.removeIf(turn -> turn.number() == number);
  }

  /** One whose creation went wrong is not sent to the end of the queue. */
  private int place(int number, boolean again) {
    for (int place = 0; place < queue.size(); place++) {
      if (queue.get(place).number() == number) {
        return place;
      }
    }
    int place = again ? 0 : queue.size();
    queue.add(place, new Turn(number, Instant.EPOCH));
    return place;
  }

  private static boolean mayBeMaking(Turn turn, Instant now) {
    return !turn.at().plus(LONGEST_CREATION).isBefore(now);
  }

  private Optional<SlotAnswer> full(
      int number, Set<Integer> there, PreviewUpkeep upkeep, Instant now) {
    TreeSet<Integer> taken = new TreeSet<>(there);
    let.stream().filter(turn -> mayBeMaking(turn, now)).forEach(turn -> taken.add(turn.number()));
    taken.remove(number);
    return upkeep.limit() == null || taken.size() < upkeep.limit()
        ? Optional.empty()
        : Optional.of(
            new SlotAnswer(
                SlotAnswer.Kind.FULL,
                null,
                "[previews] limit is "
                    + upkeep.limit()
                    + ", and so many are there: "
                    + taken.stream().map(one -> "#" + one).collect(Collectors.joining(", "))));
  }

  /** When this one was let make an environment that was created then; empty = it was not. */
  Optional<Instant> let(int number, Instant created) {
    return created == null
        ? Optional.empty()
        : let.stream()
            .filter(turn -> turn.number() == number && !created.isBefore(turn.at()))
            .map(Turn::at)
            .filter(at -> !created.isAfter(at.plus(LONGEST_CREATION)))
            .findFirst();
  }
}
