package dev.signalbox.activities.monitor;

import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.github.GitHubIssues;
import dev.signalbox.activities.github.GitHubIssues.Edit;
import dev.signalbox.activities.github.GitHubIssues.Standing;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.monitor.IncidentActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Keeps an incident's issue at GitHub. */
public final class IncidentActivitiesImpl implements IncidentActivities {
  private static final Duration SKEW = Duration.ofHours(1);

  private final GitHubClient github;
  private final GitHubIssues issues;
  private final WorkflowClient client;
  private final Set<String> projects;

  /**
   * @param client of the engine, which knows the ledger
   * @param projects that this worker serves
   */
  public IncidentActivitiesImpl(GitHubClient github, WorkflowClient client, Set<String> projects) {
    this.github = github;
    this.issues = github.issues();
    this.client = client;
    this.projects = Set.copyOf(projects);
  }

  @Override
  public LedgerStatus ledger(LedgerQuery query) {
    Failures.requireServed(query.project(), projects);
    try {
      return client
          .newWorkflowStub(
              EnvironmentWorkflow.class,
              EnvironmentWorkflow.id(query.project(), query.environment()))
          .status()
          .withoutHistory();
    } catch (WorkflowNotFoundException none) {
      return null;
    }
  }

  @Override
  public IssueAnswer write(IssueOrder order) {
    Failures.requireServed(order.project(), projects);
    return Failures.mapped(() -> written(order));
  }

  private IssueAnswer written(IssueOrder order) {
    Repository in = Repository.of(order.repository());
    String body = PostedText.body(order.body(), order.marker());
    Optional<Standing> known =
        order.number() == 0 ? Optional.empty() : issues.read(in, order.number());
    Standing issue =
        known
            .or(() -> issues.ours(in, PostedText.marker(order.marker()), earliest(order)))
            .orElseGet(
                () -> issues.open(in, PostedText.title(order.title()), body, order.labels()));
    boolean closedByHand = order.open() && !issue.open() && !order.reopen();
    if (order.comment() != null) {
      sayOnce(in, issue.number(), order);
    }
    String state = closedByHand || order.open() == issue.open() ? null : word(order.open());
    if (state != null || !body.equals(issue.body())) {
      issues.change(in, issue.number(), new Edit(null, body, state));
    }
    return new IssueAnswer(issue.number(), issue.htmlUrl(), closedByHand);
  }

  /** Its clock and ours may differ. */
  private static Instant earliest(IssueOrder order) {
    return order.since() == null ? Instant.EPOCH : order.since().minus(SKEW);
  }

  private static String word(boolean open) {
    return open ? "open" : "closed";
  }

  private void sayOnce(Repository in, int number, IssueOrder order) {
    String marker = order.marker() + "/" + order.said();
    String text = PostedText.body(order.comment(), marker);
    boolean said =
        github.ownComments(in, number, PostedText.marker(marker)).stream()
            .anyMatch(comment -> comment.body().endsWith(text));
    if (!said) {
      github.comment(in, number, mentions(order) + text);
    }
  }

  private static String mentions(IssueOrder order) {
    return order.mentions().isEmpty() ? "" : String.join(" ", order.mentions()) + "\n\n";
  }
}
