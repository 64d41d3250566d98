package dev.signalbox.starter.e2e;

import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.workflows.promotion.PromotionStatus;

/** What people see of a house at its GitHub. */
record ShownByGitHub(Sandbox sandbox) {
  /** All comments of a promotion's pull request, as GitHub answers them. */
  String comments(PromotionStatus promotion) {
    return get("/issues/" + number(promotion) + "/comments");
  }

  /** A promotion's pull request, as GitHub answers it. */
  String pull(PromotionStatus promotion) {
    return get("/pulls/" + number(promotion));
  }

  private static String number(PromotionStatus promotion) {
    return promotion.pullRequest().replaceFirst(".*/", "");
  }

  /** What GitHub answers below the repository's address. */
  String get(String path) {
    return Addresses.get(
        sandbox.githubUrl() + "/repos/" + sandbox.repositoryName() + path,
        "Bearer " + sandbox.githubToken());
  }
}
