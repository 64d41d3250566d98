package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.git.Commit;
import dev.signalbox.sandbox.git.GitRepository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What branches require, by branch protection and by rulesets, and whether it is there. Every token
 * is bound by it, whatever {@code enforce_admins} says.
 */
final class Protection {

  /** GitHub's words when a branch wants a straight history. */
  private static final String NO_MERGES = "This branch must not contain merge commits.";

  private final GitRepository repository;
  private final Checks checks;
  private final Reviews reviews;
  private final Map<String, BranchProtection> byBranch = new LinkedHashMap<>();
  private final Map<Long, Ruleset> rulesets = new TreeMap<>();

  Protection(GitRepository repository, Checks checks, Reviews reviews) {
    this.repository = repository;
    this.checks = checks;
    this.reviews = reviews;
  }

  Optional<BranchProtection> of(String branch) {
    return Optional.ofNullable(byBranch.get(branch));
  }

  void protect(String branch, BranchProtection protection) {
    byBranch.put(branch, protection);
  }

  void unprotect(String branch) {
    byBranch.remove(branch);
  }

  void put(Ruleset ruleset) {
    rulesets.put(ruleset.id(), ruleset);
  }

  Optional<Ruleset> ruleset(long id) {
    return Optional.ofNullable(rulesets.get(id));
  }

  void removeRuleset(long id) {
    rulesets.remove(id);
  }

  List<Ruleset> rulesets() {
    return List.copyOf(rulesets.values());
  }

  /** Those that hold for the branch now. */
  List<Ruleset> rulesets(String branch) {
    return rulesets.values().stream()
        .filter(ruleset -> ruleset.holds(branch, repository.defaultBranch()))
        .toList();
  }

  /** Why this commit may not become the branch's head, in GitHub's words; empty when it may. */
  Optional<String> obstacle(String branch, String sha) {
    Map<String, String> states = checks.states(sha);
    List<String> required = contexts(branch);
    List<String> open =
        required.stream().filter(context -> !"success".equals(states.get(context))).toList();
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

  private List<String> contexts(String branch) {
    List<String> required =
        new ArrayList<>(of(branch).map(BranchProtection::contexts).orElse(List.of()));
    rulesets(branch).forEach(ruleset -> required.addAll(ruleset.contexts()));
    return required.stream().distinct().toList();
  }

  /** The head must hold all of the base, and does not. */
  boolean behind(Pull pull) {
    boolean strict =
        of(pull.base)
            .flatMap(BranchProtection::checks)
            .map(BranchProtection.Checks::strict)
            .orElse(false);
    return strict && !repository.contains(pull.headSha, pull.baseSha);
  }

  /** Which approval is missing. */
  Optional<String> reviewObstacle(Pull pull) {
    Optional<BranchProtection.Reviews> required = of(pull.base).flatMap(BranchProtection::reviews);
    int approvals =
        Math.max(
            required.map(BranchProtection.Reviews::approvals).orElse(0),
            rulesets(pull.base).stream().mapToInt(Ruleset::approvals).max().orElse(0));
    if (approvals == 0) {
      return Optional.empty();
    }
    if (reviews.changesRequested(pull)) {
      return Optional.of("Changes have been requested by a reviewer with write access.");
    }
    boolean headOnly = required.map(BranchProtection.Reviews::dismissStale).orElse(false);
    return reviews.approvals(pull, headOnly) >= approvals
        ? Optional.empty()
        : Optional.of(approvalsMissing(approvals));
  }

  private static String approvalsMissing(int approvals) {
    return "At least "
        + approvals
        + " approving review"
        + (approvals == 1 ? " is" : "s are")
        + " required by reviewers with write access.";
  }

  /** Why the branch may not move without a pull request. */
  Optional<String> directObstacle(String branch) {
    boolean reviewed =
        of(branch).flatMap(BranchProtection::reviews).isPresent()
            || rulesets(branch).stream().anyMatch(ruleset -> ruleset.has("pull_request"));
    return reviewed
        ? Optional.of("Changes must be made through a pull request.")
        : Optional.empty();
  }

  /** Why no merge commit may come into the branch. */
  Optional<String> mergeObstacle(String branch) {
    boolean linear =
        of(branch).map(BranchProtection::linear).orElse(false)
            || rulesets(branch).stream()
                .anyMatch(ruleset -> ruleset.has("required_linear_history"));
    return linear ? Optional.of(NO_MERGES) : Optional.empty();
  }

  /** The same for everything that a move of the branch brings. */
  Optional<String> mergeObstacle(String branch, String from, String to) {
    boolean merges =
        repository.compare(from, to).commits().stream()
            .map(Commit::parents)
            .anyMatch(all -> all.size() > 1);
    return merges ? mergeObstacle(branch) : Optional.empty();
  }
}
