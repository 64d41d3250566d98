package dev.signalbox.starter.gateway;

import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import java.util.List;
import java.util.Set;

/**
 * Whom an event of GitHub may concern, by the ids in it alone: what it says happened is not read.
 */
final class GitHubRoutes {
  /** Events that somebody here may want to hear of. */
  static final Set<String> EVENTS =
      Set.of(
          "push",
          "pull_request",
          "check_run",
          "check_suite",
          "status",
          "workflow_run",
          "issue_comment",
          "deployment_status",
          "ping");

  private static final String REF = "refs/(heads|tags)/\\S{1,200}";
  private static final String SHA = "[0-9a-f]{40}";

  private final String project;
  private final List<String> environments;

  GitHubRoutes(String project, List<String> environments) {
    this.project = project;
    this.environments = environments;
  }

  /** Workflow ids; empty = it concerns nobody. */
  List<String> of(String event, GitHubPayload payload) {
    if (event.equals("push")) {
      return payload.ref().asText("").matches(REF)
          ? environments.stream().map(name -> EnvironmentWorkflow.id(project, name)).toList()
          : List.of();
    }
    String sha = sha(event, payload);
    return sha.matches(SHA)
        ? environments.stream()
            .map(environment -> PromotionWorkflow.id(project, environment, sha))
            .toList()
        : List.of();
  }

  private static String sha(String event, GitHubPayload payload) {
    return switch (event) {
      case "check_run" -> payload.checkRun().path("head_sha").asText("");
      case "check_suite" -> payload.checkSuite().path("head_sha").asText("");
      case "workflow_run" -> payload.workflowRun().path("head_sha").asText("");
      case "pull_request" -> payload.pullRequest().path("head").path("sha").asText("");
      case "deployment_status" -> payload.deployment().path("sha").asText("");
      case "status" -> payload.sha().asText("");
      default -> "";
    };
  }
}
