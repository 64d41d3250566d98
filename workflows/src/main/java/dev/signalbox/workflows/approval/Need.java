package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.policy.Approvals;
import dev.signalbox.workflows.policy.Approvals.Quorum;
import dev.signalbox.workflows.policy.Approvals.When;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Places of one approval that people of these groups fill.
 *
 * @param required how many places
 * @param groups as the policy names them
 * @param from names of the people in them
 */
public record Need(int required, List<String> groups, List<String> from) {
  public Need {
    groups = groups == null ? List.of() : List.copyOf(groups);
    from = from == null ? List.of() : List.copyOf(from);
  }

  /**
   * What an approval takes by policy; empty = there is no rule.
   *
   * @param revisions of the schema that would run with it
   */
  public static List<Need> of(Pipeline pipeline, List<PendingRevision> revisions) {
    Approvals rule = pipeline.environment().approvals();
    return rule == null
        ? List.of()
        : rule.quorums().stream()
            .filter(quorum -> concerns(quorum.when(), revisions))
            .map(quorum -> of(quorum, pipeline.people()))
            .toList();
  }

  /** One quorum with the people who may fill it. */
  public static Need of(Quorum quorum, List<Person> people) {
    return new Need(
        Math.max(1, quorum.required()),
        quorum.from(),
        people.stream()
            .filter(person -> quorum.from().contains(person.group()) && !person.bot())
            .map(Person::name)
            .distinct()
            .toList());
  }

  private static boolean concerns(When when, List<PendingRevision> revisions) {
    return when == null
        || switch (when) {
          case CONTRACT -> revisions.stream().anyMatch(PendingRevision::breaksFormerCode);
          case MIGRATION -> !revisions.isEmpty();
        };
  }

  /** {@code 2 of release-managers}; where it has no groups, of whom. */
  public String words() {
    return required
        + " of "
        + (!groups.isEmpty() ? String.join(", ", groups) : from.isEmpty() ? "anybody" : names());
  }

  /** The people, for people. */
  public String names() {
    return String.join(", ", from);
  }

  /** {@code 1 of release-managers and 1 of dba}. */
  public static String words(List<Need> needs) {
    return needs.stream().map(Need::words).collect(Collectors.joining(" and "));
  }

  Need less(int filled) {
    return new Need(required - filled, groups, from);
  }
}
