package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.github.Contributor;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A person of the policy who has a part in what is asked about, and so may not approve it.
 *
 * @param part as what: {@code author of 1a2b3c4}
 */
public record Involved(String person, String part) {

  /**
   * Whom of the policy's people these are, by account, address or name; nobody where the policy
   * lets them approve.
   */
  static List<Involved> of(Pipeline pipeline, List<Contributor> contributors) {
    if (pipeline.environment().approvals() == null || pipeline.environment().approvals().self()) {
      return List.of();
    }
    List<Involved> involved = new ArrayList<>();
    for (Person person : pipeline.people()) {
      boolean known = involved.stream().anyMatch(one -> one.person().equals(person.name()));
      Optional<Contributor> part =
          contributors.stream().filter(contributor -> is(person, contributor)).findFirst();
      if (!known && part.isPresent()) {
        involved.add(new Involved(person.name(), part.get().words()));
      }
    }
    return List.copyOf(involved);
  }

  private static boolean is(Person person, Contributor contributor) {
    return person.answersTo(contributor.account())
        || person.answersTo(contributor.email())
        || person.answersTo(contributor.name());
  }
}
