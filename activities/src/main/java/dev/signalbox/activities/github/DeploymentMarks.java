package dev.signalbox.activities.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.workflows.github.GitHubActivities.AuditHeadQuery;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentDraft;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentStatus;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GitHub's deployments and their statuses: ours are known by a marker, so that twice is once. */
final class DeploymentMarks {
  /** As a promotion ends the description of its deployment. */
  private static final Pattern AUDIT = Pattern.compile(", audit ([0-9a-f]{16})$");

  private final GitHubClient github;
  private final Repository repository;

  DeploymentMarks(GitHubClient github, Repository repository) {
    this.github = github;
    this.repository = repository;
  }

  /** Made, or after an earlier attempt the one that bears the marker. */
  long ensure(DeploymentDraft draft, boolean again) {
    if (again) {
      for (GitHubAnswers.Deployment made :
          github.deployments(repository, draft.sha(), draft.environment())) {
        if (made.payload() != null && marked(made.payload(), draft.marker())) {
          return made.id();
        }
      }
    }
    return github.createDeployment(
        repository,
        draft.sha(),
        draft.environment(),
        GitHubActivitiesImpl.shortened(draft.description()),
        draft.marker());
  }

  /** Of the newest of ours: others, and those of another project, say nothing of this ledger. */
  String auditHead(AuditHeadQuery query) {
    String ours = "promotion/" + query.project() + "/" + query.environment() + "/";
    return github.newestDeployments(repository, query.environment()).stream()
        .filter(one -> one.payload() != null && one.payload().toString().contains(ours))
        .map(one -> AUDIT.matcher(Objects.toString(one.description(), "")))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElse(null);
  }

  static boolean marked(JsonNode payload, String marker) {
    return payload.isTextual()
        ? payload.asText().contains("\"" + marker + "\"")
        : marker.equals(payload.path("signalbox").asText(null));
  }

  /**
   * Once, also when an earlier attempt may have posted it. Always looks: it is said on the side,
   * and the first attempt of an activity may follow a local one whose answer was lost.
   */
  void post(DeploymentStatus status) {
    String state = status.state().name().toLowerCase(Locale.ROOT);
    String description = GitHubActivitiesImpl.shortened(status.description());
    boolean there =
        github.deploymentStatuses(repository, status.deploymentId()).stream()
            .anyMatch(
                old ->
                    state.equals(old.state())
                        && Objects.toString(description, "")
                            .equals(Objects.toString(old.description(), "")));
    if (!there) {
      github.createDeploymentStatus(
          repository, status.deploymentId(), state, description, status.environmentUrl());
    }
  }
}
