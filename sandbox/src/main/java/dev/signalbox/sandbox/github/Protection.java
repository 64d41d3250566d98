package dev.signalbox.sandbox.github;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which checks a branch requires, by branch protection or by a ruleset. */
final class Protection {

  private final Checks checks;
  private final Map<String, List<String>> byProtection = new LinkedHashMap<>();
  private final Map<String, List<String>> byRuleset = new LinkedHashMap<>();

  Protection(Checks checks) {
    this.checks = checks;
  }

  void protect(String branch, List<String> contexts) {
    set(byProtection, branch, contexts);
  }

  void rule(String branch, List<String> contexts) {
    set(byRuleset, branch, contexts);
  }

  private static void set(Map<String, List<String>> where, String branch, List<String> contexts) {
    if (contexts.isEmpty()) {
      where.remove(branch);
    } else {
      where.put(branch, List.copyOf(contexts));
    }
  }

  boolean isProtected(String branch) {
    return byProtection.containsKey(branch);
  }

  List<String> contexts(String branch) {
    return byProtection.getOrDefault(branch, List.of());
  }

  Optional<List<String>> ruleContexts(String branch) {
    return Optional.ofNullable(byRuleset.get(branch));
  }

  /** Why this commit may not become the branch's head, in GitHub's words; empty when it may. */
  Optional<String> obstacle(String branch, String sha) {
    Map<String, String> states = checks.states(sha);
    List<String> required = new ArrayList<>(contexts(branch));
    required.addAll(byRuleset.getOrDefault(branch, List.of()));
    List<String> open =
        required.stream()
            .distinct()
            .filter(context -> !"success".equals(states.get(context)))
            .toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    if (open.size() > 1) {
      return Optional.of(
          open.size() + " of " + required.size() + " required status checks have not succeeded.");
    }
    String context = open.get(0);
    String state = states.getOrDefault(context, "expected");
    return Optional.of(
        "Required status check \""
            + context
            + "\" is "
            + (state.equals("failure") ? "failing" : state)
            + ".");
  }
}
