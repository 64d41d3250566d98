package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.PreviewChoice;
import dev.signalbox.workflows.policy.PreviewDatabasePolicy;
import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.policy.PreviewProvider;
import dev.signalbox.workflows.policy.PreviewUpkeep;
import dev.signalbox.workflows.policy.PreviewUpkeep.WhenFull;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code [previews]}: an environment for each pull request. */
final class PreviewsTable {
  private static final String DEFAULT_NAME = "pr-" + PreviewPolicy.NUMBER;

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Map<String, WhenFull> WHEN_FULL =
      Map.of("wait", WhenFull.WAIT, "remove-idle", WhenFull.REMOVE_IDLE);

  private static final Map<String, String> LATER =
      Map.of("on_unknown", "deployments of previews that are repeated");

  private final Section section;
  private final PreviewPolicy policy;
  private final PreviewDatabaseKeys database;

  private PreviewsTable(Section section, PreviewPolicy policy, PreviewDatabaseKeys database) {
    this.section = section;
    this.policy = policy;
    this.database = database;
  }

  static PreviewsTable read(Section section) {
    PreviewPolicy policy =
        new PreviewPolicy(
            section.required("base", text -> !text.isBlank(), "the name of an environment"),
            section.names("branches", text -> text.matches("\\S+"), "the name of a branch"),
            section
                .text(
                    "name",
                    PreviewsTable::fits,
                    "letters, digits, '.', '_', '-', and {number} once")
                .orElse(DEFAULT_NAME),
            section.names(
                "shared",
                text -> text.matches("([A-Za-z0-9._-]+\\.)?[A-Za-z_][A-Za-z0-9_]*"),
                "a variable's name, or service.NAME"),
            choice(section),
            upkeep(section),
            provider(section));
    PreviewDatabaseKeys database = new PreviewDatabaseKeys(section);
    section.close(LATER);
    return new PreviewsTable(section, policy, database);
  }

  private static PreviewChoice choice(Section section) {
    return new PreviewChoice(
        section.names(
            "heads", text -> text.matches("\\S+"), "the name of a branch, with * for anything"),
        section.yesOrNo("drafts").orElse(false),
        section.yesOrNo("bots").orElse(false),
        section.text("label", text -> !text.isBlank(), "the name of a label").orElse(null),
        section.names("consent", text -> !text.isBlank(), "the name of a group of [people]"));
  }

  private static PreviewUpkeep upkeep(Section section) {
    return new PreviewUpkeep(
        section.duration("sweep", SHORTEST).orElse(null),
        section.duration("create_every", Duration.ZERO).orElse(null),
        section.number("limit", 1).orElse(null),
        section.word("when_full", WHEN_FULL, Map.of()).orElse(null),
        section.duration("ttl", SHORTEST).orElse(null),
        section.duration("max_age", SHORTEST).orElse(null));
  }

  private static PreviewProvider provider(Section section) {
    Map<String, PreviewProvider> words = new LinkedHashMap<>();
    words.put("signalbox", PreviewProvider.SIGNALBOX);
    words.put("railway", PreviewProvider.RAILWAY);
    words.put("refuse", PreviewProvider.REFUSE);
    return section.word("provider", words, Map.of()).orElse(null);
  }

  private static boolean fits(String name) {
    return name.matches("[A-Za-z][A-Za-z0-9._-]{0,30}\\{number}[A-Za-z0-9._-]{0,10}");
  }

  /** What can be judged only when the whole file is read. */
  void check(
      Map<String, EnvironmentTable> environments,
      Optional<MigrationsTable> migrations,
      List<Person> people) {
    requireGroups(people);
    database.check(migrations.map(MigrationsTable::policy).orElse(null));
    if (!policy.base().isEmpty()) {
      requireBase(environments);
      refuseNamesOf(environments.keySet());
    }
  }

  /** Groups that a consent may come from are groups of the file. */
  private void requireGroups(List<Person> people) {
    Set<String> groups =
        people.stream().map(Person::group).collect(Collectors.toCollection(LinkedHashSet::new));
    policy
        .choice()
        .consent()
        .forEach(
            group ->
                CrossChecks.requireName(section, "consent", group, groups, "group of [people]"));
  }

  private void requireBase(Map<String, EnvironmentTable> environments) {
    String base = policy.base();
    CrossChecks.requireName(section, "base", base, environments.keySet(), "environment");
    EnvironmentTable source = environments.get(base);
    if (source != null && source.policy().from() != null && !promotedFrom(environments)) {
      section.refused(
          "base",
          Section.quoted(base)
              + ", with which the chain of environments ends: a preview would have"
              + " its variables",
          "an environment that others are promoted from");
    }
  }

  private void refuseNamesOf(Set<String> environments) {
    environments.stream()
        .filter(environment -> policy.number(environment).isPresent())
        .forEach(
            environment ->
                section.refused(
                    "name",
                    Section.quoted(policy.name())
                        + ", by which "
                        + environment
                        + " would be a preview",
                    "a pattern that no environment of this file fits"));
  }

  private boolean promotedFrom(Map<String, EnvironmentTable> environments) {
    return environments.values().stream()
        .anyMatch(other -> policy.base().equals(other.policy().from()));
  }

  /**
   * @param branch of the base, whose pull requests have previews where nothing else is said
   */
  PreviewPolicy policy(String branch) {
    return policy.branches().isEmpty() ? policy.into(List.of(branch)) : policy;
  }

  String base() {
    return policy.base();
  }

  /** The database of each preview; null = they have none of their own. */
  PreviewDatabasePolicy database(Optional<MigrationsTable> migrations) {
    return database.policy(migrations.map(MigrationsTable::policy).orElse(null));
  }
}
