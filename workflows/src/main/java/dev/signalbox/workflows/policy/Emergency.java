package dev.signalbox.workflows.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What an emergency may pass, who may call one, and for how long. Nothing that keeps data, or that
 * tells which code it is, can stand here: those gates, the backup and the lease are never skipped.
 *
 * @param skip names of gates, and {@link #APPROVAL}
 * @param from groups whose people may call one
 * @param within how long after it was asked for anything is skipped
 */
public record Emergency(List<String> skip, List<String> from, Duration within) {
  public static final String APPROVAL = "approval";

  /** All that may stand in {@code skip}. */
  public static final Set<String> SKIPPABLE =
      Set.of(
          "checks",
          "reviewed",
          "verified-in-source",
          "version-file",
          "variables",
          "platform",
          "freeze",
          "lock",
          "hold",
          APPROVAL);

  public Emergency {
    skip = skip == null ? List.of() : List.copyOf(skip);
    from = from == null ? List.of() : List.copyOf(from);
    within = within == null ? Duration.ofHours(2) : within;
  }

  /** Whether this person, by whatever name, may call one. */
  public boolean mayBeCalledBy(String claim, List<Person> people) {
    return people.stream()
        .filter(person -> from.contains(person.group()) && !person.bot())
        .anyMatch(person -> person.answersTo(claim));
  }
}
