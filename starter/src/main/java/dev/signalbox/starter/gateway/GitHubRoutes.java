package dev.signalbox.starter.gateway;

import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.preview.PreviewEnvWorkflow;
import dev.signalbox.workflows.preview.PreviewReconcilerWorkflow;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom an event of GitHub may concern, by the ids in it alone: what it says happened is not read.
 */
final class GitHubRoutes {
  /** Events that somebody here may want to hear of. */
  static final Set<String> EVENTS =
      Set.of(
          "push",
          "pull_request",
          "pull_request_review",
          "check_run",
          "check_suite",
          "status",
          "workflow_run",
          "issue_comment",
          "deployment_status",
          "ping");

  private static final String REF = "refs/((heads|tags)/\\S{1,200}|pull/[0-9]{1,9}/head)";
  private static final String SHA = "[0-9a-f]{40}";

  private final String project;
  private final List<String> environments;
  private final boolean previews;

  /**
   * @param previews whether pull requests have previews, which begin by themselves
   */
  GitHubRoutes(String project, List<String> environments, boolean previews) {
    this.project = project;
    this.environments = environments;
    this.previews = previews;
  }

  String project() {
    return project;
  }

  /** The pull request whose preview may have to begin; empty = none. */
  OptionalInt begins(String event, GitHubPayload payload) {
    int number = number(event, payload);
    return previews
            && number > 0
            && payload.action().asText("").matches("opened|reopened|ready_for_review")
        ? OptionalInt.of(number)
        : OptionalInt.empty();
  }

  /** Workflow ids; empty = it concerns nobody. */
  List<String> of(String event, GitHubPayload payload) {
    String sha = sha(event, payload);
    Stream<String> promotions =
        sha.matches(SHA)
            ? environments.stream()
                .map(environment -> PromotionWorkflow.id(project, environment, sha))
            : Stream.of();
    return Stream.of(promotions, byReference(event, payload), preview(event, payload))
        .flatMap(ids -> ids)
        .toList();
  }

  /** Ledgers, and deploys: what Railway deploys by itself is not the promoted commit. */
  private Stream<String> byReference(String event, GitHubPayload payload) {
    if (ref(event, payload) == null) {
      return Stream.of();
    }
    return environments.stream()
        .map(
            name ->
                event.equals("deployment_status")
                    ? MigrateAndDeployWorkflow.id(project, name)
                    : EnvironmentWorkflow.id(project, name));
  }

  /** What a ledger may start something by, or a deploy waits for; null = there is none. */
  static String ref(String event, GitHubPayload payload) {
    String ref =
        switch (event) {
          case "push" -> payload.ref().asText("");
          // At no other time has a label begun to count.
          case "pull_request" ->
              payload.action().asText("").matches("labeled|closed")
                  ? "refs/pull/" + payload.pullRequest().path("number").asText("") + "/head"
                  : "";
          case "deployment_status" -> sha(event, payload);
          default -> "";
        };
    return ref.matches(REF) || ref.matches(SHA) ? ref : null;
  }

  private static int number(String event, GitHubPayload payload) {
    return event.equals("pull_request") ? payload.pullRequest().path("number").asInt(0) : 0;
  }

  private Stream<String> preview(String event, GitHubPayload payload) {
    int number = number(event, payload);
    if (!previews || number == 0) {
      return Stream.of();
    }
    // What one preview does not hear the sweep finds, soon after the next news of any.
    String sweep = PreviewReconcilerWorkflow.id(project);
    return begins(event, payload).isPresent()
        ? Stream.of(sweep)
        : Stream.of(PreviewEnvWorkflow.id(project, number), sweep);
  }

  private static String sha(String event, GitHubPayload payload) {
    return switch (event) {
      case "check_run" -> payload.checkRun().path("head_sha").asText("");
      case "check_suite" -> payload.checkSuite().path("head_sha").asText("");
      case "workflow_run" -> payload.workflowRun().path("head_sha").asText("");
      case "pull_request", "pull_request_review" ->
          payload.pullRequest().path("head").path("sha").asText("");
      case "deployment_status" -> payload.deployment().path("sha").asText("");
      case "status" -> payload.sha().asText("");
      default -> "";
    };
  }
}
