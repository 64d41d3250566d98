package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules for the branches that its conditions name.
 *
 * @param rules as they were given: {@code type} and perhaps {@code parameters}
 */
record Ruleset(
    long id,
    String name,
    String target,
    String enforcement,
    List<String> include,
    List<String> exclude,
    List<JsonNode> rules,
    Instant at) {

  Ruleset {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    rules = List.copyOf(rules);
  }

  boolean holds(String branch, String defaultBranch) {
    return target.equals("branch")
        && enforcement.equals("active")
        && include.stream().anyMatch(pattern -> fits(pattern, branch, defaultBranch))
        && exclude.stream().noneMatch(pattern -> fits(pattern, branch, defaultBranch));
  }

  private static boolean fits(String pattern, String branch, String defaultBranch) {
    return switch (pattern) {
      case "~ALL" -> true;
      case "~DEFAULT_BRANCH" -> branch.equals(defaultBranch);
      default ->
          FileSystems.getDefault()
              .getPathMatcher("glob:" + pattern)
              .matches(Path.of("refs/heads/" + branch));
    };
  }

  /** The contexts of all its required checks. */
  List<String> contexts() {
    List<String> contexts = new ArrayList<>();
    for (JsonNode rule : rules) {
      rule.at("/parameters/required_status_checks")
          .forEach(check -> contexts.add(check.path("context").asText()));
    }
    return contexts;
  }

  boolean has(String type) {
    return rules.stream().anyMatch(rule -> rule.path("type").asText().equals(type));
  }

  /** How many approvals its rule {@code pull_request} asks for; 0 without one. */
  int approvals() {
    return rules.stream()
        .mapToInt(rule -> rule.at("/parameters/required_approving_review_count").asInt())
        .max()
        .orElse(0);
  }
}
