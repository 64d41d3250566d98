package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.policy.Approvals;
import dev.signalbox.workflows.policy.Approvals.Escalation;
import dev.signalbox.workflows.policy.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** When an approval that waits is spoken of again, and to whom. Pure: the caller has the clock. */
final class Patience {
  /** A reminder that comes later than this after its time stands for the next one too. */
  private static final Duration LATE = Duration.ofHours(1);

  private final Approvals rule;
  private final List<Person> people;
  private final Instant askedAt;
  private int reminded;
  private int escalated;

  /**
   * @param rule null = none, and so nothing is ever due
   */
  Patience(Approvals rule, List<Person> people, Instant askedAt) {
    this.rule = rule;
    this.people = people;
    this.askedAt = askedAt;
  }

  /** The next moment at which something is due, {@code end} at the latest. */
  Instant next(Instant end) {
    return Stream.of(nextReminder(end), nextEscalation(end)).min(Instant::compareTo).orElse(end);
  }

  private Instant nextReminder(Instant end) {
    return rule == null || rule.remind() == null
        ? end
        : earlier(end, askedAt.plus(rule.remind().multipliedBy(reminded + 1L)));
  }

  private Instant nextEscalation(Instant end) {
    return rule == null || escalated == rule.escalate().size()
        ? end
        : earlier(end, askedAt.plus(rule.escalate().get(escalated).after()));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Whether a reminder is due; it counts as given then. */
  boolean reminds(Instant now) {
    boolean due = !now.isBefore(nextReminder(Instant.MAX));
    // However long nobody was at work: what was missed is one reminder, not many.
    while (!now.isBefore(nextReminder(Instant.MAX))) {
      reminded++;
    }
    if (due && !now.isBefore(askedAt.plus(rule.remind().multipliedBy(reminded)).plus(LATE))) {
      reminded++;
    }
    return due;
  }

  int reminded() {
    return reminded;
  }

  /** The ask as it is when those who are due by now may answer too; the same one when nobody is. */
  Ask escalated(Ask ask, Instant now) {
    Ask wider = ask;
    while (!now.isBefore(nextEscalation(Instant.MAX))) {
      wider = wider.askedOf(widened(wider.needs(), rule.escalate().get(escalated++)));
    }
    return wider;
  }

  /** Every place: one of {@code also} that nobody fills keeps a release waiting as well. */
  private List<Need> widened(List<Need> needs, Escalation escalation) {
    Need further = Need.of(new Approvals.Quorum(1, escalation.to(), null), people);
    return needs.stream()
        .map(
            need ->
                new Need(
                    need.required(),
                    both(need.groups(), further.groups()),
                    both(need.from(), further.from())))
        .toList();
  }

  private static List<String> both(List<String> one, List<String> other) {
    Set<String> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  /** Longest time that the caller may wait before it looks again. */
  static Duration until(Instant then, Instant now) {
    return then.isBefore(now) ? Duration.ZERO : Duration.between(now, then);
  }
}
