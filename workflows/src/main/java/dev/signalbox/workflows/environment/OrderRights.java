package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.policy.Approvals;
import dev.signalbox.workflows.policy.Approvals.Quorum;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may undo what others ordered: people of the groups that {@code override} names. A commit that
 * proved bad is let out of quarantine by whoever may approve a release, too.
 *
 * @param approving groups whose people may approve; empty = anybody whom the file knows
 * @param overriding groups that {@code override} names
 */
public record OrderRights(
    String environment, List<String> approving, List<String> overriding, List<Person> people) {
  public OrderRights {
    approving = List.copyOf(approving);
    overriding = List.copyOf(overriding);
    people = List.copyOf(people);
  }

  public static OrderRights of(Pipeline pipeline) {
    Approvals approvals = pipeline.environment().approvals();
    return new OrderRights(
        pipeline.environment().name(),
        approvals == null
            ? List.of()
            : approvals.quorums().stream()
                .map(Quorum::from)
                .flatMap(List::stream)
                .distinct()
                .toList(),
        pipeline.environment().times().override(),
        pipeline.people());
  }

  /**
   * Whether they may undo what somebody else ordered.
   *
   * @param person as the file calls them
   */
  boolean mayOverride(String person) {
    return of(overriding, person);
  }

  /** Whether the file names them; it may name nobody at all, and then it is open to all. */
  boolean knows(String name) {
    return people.isEmpty() || people.stream().anyMatch(person -> person.name().equals(name));
  }

  /**
   * Why this person may not let it out, or say what mends it; empty = they may.
   *
   * @param person as the file calls them
   */
  Optional<String> refusal(Quarantined bad, String person) {
    boolean may =
        mayOverride(person)
            || (bad.person() == null
                ? approving.isEmpty() || of(approving, person)
                : bad.person().equals(person));
    return may
        ? Optional.empty()
        : Optional.of(
            "in quarantine "
                + (bad.person() == null
                    ? "because it proved bad here"
                    : "by order of " + bad.person())
                + "; only "
                + who(bad)
                + " may lift it or say what mends it");
  }

  private boolean of(List<String> groups, String name) {
    return people.stream()
        .anyMatch(person -> person.name().equals(name) && groups.contains(person.group()));
  }

  private String who(Quarantined bad) {
    List<String> groups =
        Stream.concat(
                bad.person() == null ? approving.stream() : Stream.empty(), overriding.stream())
            .distinct()
            .toList();
    if (bad.person() != null) {
      return bad.person() + (groups.isEmpty() ? "" : " and people of " + words(groups));
    }
    return approving.isEmpty() ? "anybody whom the file names" : "people of " + words(groups);
  }

  private static String words(List<String> groups) {
    return String.join(", ", groups);
  }

  /** What to do where the commit itself is refused, as a part of a sentence. */
  public String outOfQuarantine(Quarantined bad) {
    return "promote a newer commit that mends it; "
        + who(bad)
        + " may let it out: `"
        + command(bad)
        + " --reason TEXT`";
  }

  /** What to do where a release contains it. */
  public String pastQuarantine(Quarantined bad) {
    String revert = bad.revert() == null ? null : bad.revert().url();
    return (revert == null
            ? "promote a commit that has its revert (`git revert "
                + ShortCommit.of(bad.revision())
                + "`)"
            : "merge its revert " + revert + " and promote what has it")
        + "; where a later commit mends it, "
        + who(bad)
        + " may say so: `"
        + command(bad)
        + " --mended COMMIT --reason TEXT`";
  }

  private String command(Quarantined bad) {
    return "signalbox unquarantine " + environment + " --commit " + ShortCommit.of(bad.revision());
  }
}
