package dev.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One branch's protection. Kept and shown are all of these; merging asks for the checks, whether
 * the head is up to date, the approvals, and the straight history.
 *
 * @param checks empty when no checks are required
 * @param reviews empty when no reviews are required
 */
record BranchProtection(
    Optional<Checks> checks,
    Optional<Reviews> reviews,
    boolean enforceAdmins,
    boolean linear,
    boolean forcePushes,
    boolean deletions) {

  /**
   * Required checks.
   *
   * @param strict the head must hold all of the base
   */
  record Checks(List<String> contexts, boolean strict) {
    Checks {
      contexts = List.copyOf(contexts);
    }
  }

  /**
   * Required reviews.
   *
   * @param dismissStale an approval counts for the commit that it was given to
   */
  record Reviews(int approvals, boolean dismissStale, boolean codeOwners) {}

  static BranchProtection ofChecks(List<String> contexts) {
    return new BranchProtection(
        Optional.of(new Checks(contexts, false)), Optional.empty(), true, false, false, false);
  }

  /** The body of "Update branch protection". */
  static BranchProtection read(JsonNode body) {
    return new BranchProtection(
        Optional.of(body.path("required_status_checks"))
            .filter(JsonNode::isObject)
            .map(BranchProtection::checks),
        Optional.of(body.path("required_pull_request_reviews"))
            .filter(JsonNode::isObject)
            .map(reviews -> reviews(reviews, new Reviews(1, false, false))),
        body.path("enforce_admins").asBoolean(),
        body.path("required_linear_history").asBoolean(),
        body.path("allow_force_pushes").asBoolean(),
        body.path("allow_deletions").asBoolean());
  }

  /** {@code contexts}, or {@code checks} with the app of each, which is not asked for here. */
  static Checks checks(JsonNode body) {
    List<String> contexts = new ArrayList<>();
    body.path("contexts").forEach(context -> contexts.add(context.asText()));
    body.path("checks").forEach(check -> contexts.add(check.path("context").asText()));
    return new Checks(contexts.stream().distinct().toList(), body.path("strict").asBoolean());
  }

  static Reviews reviews(JsonNode body, Reviews otherwise) {
    return new Reviews(
        body.path("required_approving_review_count").asInt(otherwise.approvals()),
        body.path("dismiss_stale_reviews").asBoolean(otherwise.dismissStale()),
        body.path("require_code_owner_reviews").asBoolean(otherwise.codeOwners()));
  }

  List<String> contexts() {
    return checks.map(Checks::contexts).orElse(List.of());
  }

  BranchProtection with(Checks required) {
    return new BranchProtection(
        Optional.ofNullable(required), reviews, enforceAdmins, linear, forcePushes, deletions);
  }

  BranchProtection with(Reviews required) {
    return new BranchProtection(
        checks, Optional.ofNullable(required), enforceAdmins, linear, forcePushes, deletions);
  }

  BranchProtection withAdmins(boolean enforced) {
    return new BranchProtection(checks, reviews, enforced, linear, forcePushes, deletions);
  }
}
