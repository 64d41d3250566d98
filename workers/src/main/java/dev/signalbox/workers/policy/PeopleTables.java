package dev.signalbox.workers.policy;

import dev.signalbox.workers.config.Problem;
import dev.signalbox.workflows.github.Contributor;
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
import java.util.stream.Stream;

/** What the tables {@code [people.<group>]} say. */
final class PeopleTables {
  private static final String DATE = "the last day, as \"2026-12-31\"";

  private static final String OTHERS = ", which is %s's too";
  private static final String ONE_NAME = "one name for one person, in every group";

  /** Names, logins and addresses: commands take each of them for the person. */
  private static final String WORD = "word";

  /** GitHub's numbers of accounts. */
  private static final String NUMBER = "number";

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
    ownAll(person, section);
  }

  /** Who has two names could say yes twice, or to what he wrote himself. */
  private void ownAll(Person person, Section section) {
    String name = person.name();
    owner(WORD, name, name)
        .ifPresent(
            other ->
                section.refusedHere(
                    "found the name " + Section.quoted(name) + OTHERS.formatted(other),
                    "allowed: " + ONE_NAME));
    own(person, "github", WORD, person.github(), section);
    Long number = person.githubId();
    own(person, "github_id", NUMBER, number == null ? null : number.toString(), section);
    own(person, "slack", "slack", person.slack(), section);
    ownEmail(person, section);
  }

  /** GitHub's own address of an account is that account. */
  private void ownEmail(Person person, Section section) {
    String email = person.email() == null ? null : person.email().strip();
    if (!own(person, "email", WORD, email, section)) {
      return;
    }
    String login = Contributor.loginOf(email);
    Stream.of(
            owner(WORD, login, person.name()),
            owner(NUMBER, Contributor.numberOf(email), person.name()))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            other ->
                section.refused(
                    "email",
                    Section.quoted(email)
                        + ", GitHub's address of "
                        + login
                        + OTHERS.formatted(other),
                    ONE_NAME));
  }

  /** Whether it is nobody else's. */
  private boolean own(Person person, String key, String kind, String account, Section section) {
    Optional<String> owner = owner(kind, account, person.name());
    owner.ifPresent(
        other -> section.refused(key, Section.quoted(account) + OTHERS.formatted(other), ONE_NAME));
    return owner.isEmpty();
  }

  /** Who has it already, where that is somebody else; from now on it is this person's. */
  private Optional<String> owner(String kind, String account, String name) {
    if (account == null) {
      return Optional.empty();
    }
    String known = account.strip().toLowerCase(Locale.ROOT).replaceFirst("^@", "");
    String owner = owners.putIfAbsent(kind + " " + known, name);
    return Optional.ofNullable(owner).filter(other -> !other.equals(name));
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
        requireAccount(delegates.get(at), to);
      }
    }
  }

  /** Of whom no account is known it cannot be told what he has a part in. */
  private void requireAccount(Section section, String to) {
    List<Person> entries = people.stream().filter(person -> person.name().equals(to)).toList();
    if (!entries.isEmpty() && entries.stream().noneMatch(PeopleTables::hasAnAccount)) {
      section.refused(
          "to",
          Section.quoted(to) + ", who has no account",
          "a person with github, slack or email");
    }
  }

  private static boolean hasAnAccount(Person person) {
    return person.github() != null
        || person.githubId() != null
        || person.slack() != null
        || person.email() != null;
  }
}
