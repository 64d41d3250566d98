package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.PreviewPolicy;
import java.util.List;
import java.util.Map;

/** {@code [previews]}: an environment for each pull request. */
final class PreviewsTable {
  private static final String DEFAULT_NAME = "pr-" + PreviewPolicy.NUMBER;

  private static final Map<String, String> LATER =
      Map.of(
          "ttl", "previews that expire",
          "limit", "a quota of previews",
          "sweep", "the sweep of previews",
          "heads", "previews by the pattern of their branch",
          "provider", "Railway's own pull-request environments",
          "seed", "data for a preview's database",
          "on_unknown", "deployments of previews that are repeated");

  private final Section section;
  private final String base;
  private final List<String> branches;
  private final String name;
  private final List<String> shared;

  private PreviewsTable(
      Section section, String base, List<String> branches, String name, List<String> shared) {
    this.section = section;
    this.base = base;
    this.branches = branches;
    this.name = name;
    this.shared = shared;
  }

  static PreviewsTable read(Section section) {
    PreviewsTable table =
        new PreviewsTable(
            section,
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
                "a variable's name, or service.NAME"));
    section.close(LATER);
    return table;
  }

  private static boolean fits(String name) {
    return name.matches("[A-Za-z][A-Za-z0-9._-]{0,30}\\{number}[A-Za-z0-9._-]{0,10}");
  }

  /** What can be judged only when the whole file is read. */
  void check(Map<String, EnvironmentTable> environments) {
    if (base.isEmpty()) {
      return;
    }
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
    PreviewPolicy policy = new PreviewPolicy(base, branches, name, shared);
    environments.keySet().stream()
        .filter(environment -> policy.number(environment).isPresent())
        .forEach(
            environment ->
                section.refused(
                    "name",
                    Section.quoted(name) + ", by which " + environment + " would be a preview",
                    "a pattern that no environment of this file fits"));
  }

  private boolean promotedFrom(Map<String, EnvironmentTable> environments) {
    return environments.values().stream().anyMatch(other -> base.equals(other.policy().from()));
  }

  /**
   * @param branch of the base, whose pull requests have previews where nothing else is said
   */
  PreviewPolicy policy(String branch) {
    return new PreviewPolicy(base, branches.isEmpty() ? List.of(branch) : branches, name, shared);
  }

  String base() {
    return base;
  }
}
