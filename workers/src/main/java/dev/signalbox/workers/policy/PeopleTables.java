package dev.signalbox.workers.policy;

import dev.signalbox.workers.config.Problem;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Person.Delegate;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the tables {@code [people.<group>]} say. */
final class PeopleTables {
  private static final String DATE = "the last day, as \"2026-12-31\"";

  private final List<Person> people = new ArrayList<>();
  private final Map<String, String> owners = new HashMap<>();
  private final List<Section> delegates = new ArrayList<>();
  private final List<Person> delegating = new ArrayList<>();

  private PeopleTables() {}

  /**
   * @param groups the tables, by group
   */
  static List<Person> read(Map<String, Section> groups) {
    PeopleTables tables = new PeopleTables();
    groups.forEach(
        (group, members) ->
            members.tables().forEach((name, section) -> tables.add(name, group, section)));
    tables.checkDelegates();
    return tables.people;
  }

  private void add(String name, String group, Section section) {
    if (name.isBlank()) {
      section.refusedHere("found a person without a name", "allowed: the name that --as gives");
    }
    Optional<Section> delegate = section.table("delegate");
    Person person =
        new Person(
            name,
            group,
            section.text("github").orElse(null),
            section.text("slack").orElse(null),
            section.text("email").orElse(null),
            delegate.map(PeopleTables::delegate).orElse(null),
            section.number("github_id", 1).map(Integer::longValue).orElse(null));
    section.close(Map.of());
    people.add(person);
    delegate.ifPresent(
        where -> {
          delegates.add(where);
          delegating.add(person);
        });
    own(person, "github", person.github(), section);
    own(
        person,
        "github_id",
        person.githubId() == null ? null : person.githubId().toString(),
        section);
    own(person, "slack", person.slack(), section);
    own(person, "email", person.email(), section);
  }

  /** Who has two names could say yes twice, or to what he wrote himself. */
  private void own(Person person, String key, String account, Section section) {
    if (account == null) {
      return;
    }
    String owner = owners.putIfAbsent(key + " " + account.toLowerCase(Locale.ROOT), person.name());
    if (owner != null && !owner.equals(person.name())) {
      section.refused(
          key,
          Section.quoted(account) + ", which is " + owner + "'s too",
          "one name for one person, in every group");
    }
  }

  private static Delegate delegate(Section section) {
    String to = section.required("to", name -> true, "the name of another person");
    if (!section.has("until")) {
      section.add("until", Problem.MISSING, "allowed: " + DATE);
    }
    Object written = section.value("until");
    LocalDate until = LocalDate.MIN;
    if (written instanceof LocalDate day) {
      until = day;
    } else if (written != null) {
      until = day(written, section);
    }
    section.close(Map.of());
    return new Delegate(to, until);
  }

  private static LocalDate day(Object written, Section section) {
    try {
      return LocalDate.parse(String.valueOf(written));
    } catch (DateTimeParseException none) {
      section.refused("until", Section.described(written), DATE);
      return LocalDate.MIN;
    }
  }

  private void checkDelegates() {
    Set<String> names = people.stream().map(Person::name).collect(Collectors.toSet());
    for (int at = 0; at < delegates.size(); at++) {
      String to = delegating.get(at).delegate().to();
      if (to.equals(delegating.get(at).name())) {
        delegates.get(at).refused("to", Section.quoted(to) + " himself", "another person");
      } else if (!to.isEmpty()) {
        CrossChecks.requireName(delegates.get(at), "to", to, names, "person of [people]");
      }
    }
  }
}
