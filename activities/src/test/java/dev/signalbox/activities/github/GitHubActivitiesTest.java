package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.SecondAttempt;
import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.github.ChecksReport;
import dev.signalbox.workflows.github.ChecksReport.Check;
import dev.signalbox.workflows.github.GitHubActivities.AuditHeadQuery;
import dev.signalbox.workflows.github.GitHubActivities.BranchDraft;
import dev.signalbox.workflows.github.GitHubActivities.ChecksQuery;
import dev.signalbox.workflows.github.GitHubActivities.CommitStatus;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentDraft;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentStatus;
import dev.signalbox.workflows.github.GitHubActivities.PullBody;
import dev.signalbox.workflows.github.GitHubActivities.PullDraft;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.github.GitHubActivities.PullsNotice;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.GitHubActivities.TagDraft;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitHubActivitiesTest extends GitHubHouse {
  private static final String DEPLOYMENT = "POST /repos/{owner}/{repo}/deployments";

  @Test
  void givesAPullRequestThatAnotherPromotionLeftTheBodyOfTheNextOne() {
    Offer first = release("taken-over");

    PullRequest second =
        github.ensurePull(
            new PullDraft(PROJECT, repository, "taken-over", "main", "Promote it", "The next"));
    github.ensurePull(
        new PullDraft(PROJECT, repository, "taken-over", "main", "Promote it", "The next"));

    assertThat(second).isEqualTo(first.pull());
    assertThat(github().pull(Repository.of(repository), second.number()).body())
        .isEqualTo("The next");
    assertThat(effects("PATCH /repos/{owner}/{repo}/pulls/{number}")).isEqualTo(1);
  }

  @Test
  void saysOnEachPullRequestOnceWhatBecameOfIt() {
    Offer pull = release("told");
    String mergeCommit = github.merge(order(pull, head("main"))).mergeCommit();
    Offer open = release("not-merged");
    int noPull = 99_999;

    tell("First", null, pull.pull().number(), open.pull().number(), noPull);
    tell("Then", null, pull.pull().number());
    tell("Last", mergeCommit);

    assertThat(client.comments(Repository.of(repository), pull.pull().number()))
        .extracting(IssueComment::body)
        .singleElement()
        .asString()
        .startsWith("Last")
        .endsWith("<!-- signalbox:deployed inspector/production -->");
    assertThat(client.comments(Repository.of(repository), open.pull().number())).isEmpty();
  }

  @Test
  void makesABranchOnceAndRemovesItWhereItWasMade() {
    BranchDraft draft = new BranchDraft(PROJECT, repository, "promote/1", head("main"));

    github.createBranch(draft);
    github.createBranch(draft);

    assertThat(head("promote/1")).isEqualTo(head("main"));
    github.deleteBranch(draft);
    github.deleteBranch(draft);
    assertThat(sandbox.repository().tip("promote/1")).isEmpty();
  }

  @Test
  void leavesABranchAloneThatIsSomebodys() {
    BranchDraft draft = new BranchDraft(PROJECT, repository, "promote/2", head("main"));
    github.createBranch(draft);
    String moved = push("promote/2", "Work of somebody");

    assertThat(failureOf(() -> github.createBranch(draft)).getOriginalMessage())
        .contains("branch promote/2 stands on " + moved);
    assertThat(failureOf(() -> github.deleteBranch(draft)).getOriginalMessage())
        .contains("branch promote/2 was moved to " + moved + " and is left");
    assertThat(head("promote/2")).isEqualTo(moved);
  }

  @Test
  void adoptsThePullRequestThatIsThere() {
    Offer opened = release("pair");

    assertThat(pull("pair")).isEqualTo(opened);
    github.updatePull(new PullBody(PROJECT, repository, opened.pull().number(), "Another body"));
  }

  @Test
  void saysThatThereIsNothingToPull() {
    sandbox.repository().setBranch("nothing", head("main"));

    ApplicationFailure failure = failureOf(() -> pull("nothing"));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(failure.getOriginalMessage()).contains("main already has every commit of nothing");
  }

  @Test
  void listsChecksOfBothKindsWithoutOurOwn() {
    String sha = head("staging");
    sandbox.github().completeCheck(sha, "python-ci", "success");
    post(sha, "signalbox/promotion", StatusState.SUCCESS);
    post(sha, "lint", StatusState.FAILURE);

    ChecksReport report = github.readChecks(new ChecksQuery(PROJECT, repository, sha));

    assertThat(report.checks()).extracting(Check::name).contains("lint", "python-ci");
    assertThat(report.checks()).extracting(Check::name).doesNotContain("signalbox/promotion");
    assertThat(report.checks())
        .filteredOn(check -> check.name().equals("lint"))
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.completed()).isTrue();
              assertThat(check.conclusion()).isEqualTo("failure");
            });
    post(sha, "lint", StatusState.SUCCESS);
    assertThat(github.readChecks(new ChecksQuery(PROJECT, repository, sha)).fingerprint())
        .isNotEqualTo(report.fingerprint());
  }

  @Test
  void readsListsToTheirEnd() {
    String sha = push("many", "A commit with many statuses");
    for (int i = 0; i < 120; i++) {
      client.createStatus(Repository.of(repository), sha, "success", "check-" + i, "ok");
    }

    ChecksReport report = github.readChecks(new ChecksQuery(PROJECT, repository, sha));

    assertThat(report.checks()).filteredOn(check -> check.name().startsWith("check-")).hasSize(120);
  }

  @Test
  void seesTheRedCheckRunOfTheThirdPage() {
    String sha = push("paged", "A commit with many check runs");
    for (int i = 0; i < 200; i++) {
      sandbox.github().completeCheck(sha, "check-" + i, "success");
    }
    sandbox.github().completeCheck(sha, "the-last", "failure");

    ChecksReport report = github.readChecks(new ChecksQuery(PROJECT, repository, sha));

    assertThat(calls("GET /repos/{owner}/{repo}/commits/{ref}/check-runs")).isEqualTo(3);
    assertThat(report.checks()).hasSizeGreaterThanOrEqualTo(201);
    assertThat(report.checks())
        .filteredOn(check -> check.name().equals("the-last"))
        .extracting(Check::conclusion)
        .containsExactly("failure");
  }

  @Test
  void paysNothingForAnUnchangedAnswer() throws Exception {
    Repository in = Repository.of(repository);
    client.branchHead(in, "main");
    int used = used();

    assertThat(client.branchHead(in, "main")).isEqualTo(head("main"));

    assertThat(used()).isEqualTo(used);
  }

  @Test
  void asksForUnchangedAnswersWithTheirETag() {
    Repository in = Repository.of(repository);
    client.branchHead(in, "main");
    String head = client.branchHead(in, "main");

    assertThat(seen()).extracting(entry -> entry.status()).containsExactly(200, 304);
    assertThat(head).isEqualTo(head("main"));
  }

  @Test
  void makesADeploymentAndTellsItsState() {
    long id = github.createDeployment(deployment("m-1"));
    github.postDeploymentStatus(
        new DeploymentStatus(
            PROJECT, repository, id, StatusState.IN_PROGRESS, "x".repeat(200), "http://x"));

    assertThat(client.deployments(Repository.of(repository), head("staging"), "production"))
        .anySatisfy(
            made -> {
              assertThat(made.id()).isEqualTo(id);
              assertThat(made.payload().toString()).contains("m-1");
            });
    assertThat(client.deploymentStatuses(Repository.of(repository), id))
        .singleElement()
        .satisfies(status -> assertThat(status.description()).hasSize(140).contains("…"));
  }

  @Test
  void readsTheHashThatTheNewestDeploymentOfTheEnvironmentsPromotionsKeeps() {
    AuditHeadQuery query = new AuditHeadQuery(PROJECT, repository, "audited");
    assertThat(github.readAuditHead(query)).isNull();

    audited(PROJECT, ", audit 0123456789abcdef");
    audited(PROJECT, ", audit fedcba9876543210");
    audited(PROJECT, " by hand");
    audited("another", ", audit aaaaaaaaaaaaaaaa");

    assertThat(github.readAuditHead(query)).isEqualTo("fedcba9876543210");
  }

  private void audited(String project, String end) {
    github.createDeployment(
        new DeploymentDraft(
            PROJECT,
            repository,
            head("staging"),
            "audited",
            "promotion/" + project + "/audited/" + head("staging") + " run deployment",
            "Promote 1a2b3c4 to audited" + end));
  }

  @Test
  void makesOneDeploymentThoughTheFirstAnswerWasLost() {
    sandbox.faults().add(Faults.Rule.of(DEPLOYMENT, Fault.RESET_AFTER));

    long id =
        SecondAttempt.createDeployment(new GitHubActivitiesImpl(client, SERVED), deployment("m-2"));

    assertThat(effects(DEPLOYMENT)).isEqualTo(1);
    assertThat(client.deployments(Repository.of(repository), head("staging"), "production"))
        .filteredOn(made -> made.payload().toString().contains("m-2"))
        .singleElement()
        .satisfies(made -> assertThat(made.id()).isEqualTo(id));
  }

  @Test
  void takesItsOwnTagForMadeAndAnothersForARefusal() {
    TagDraft draft = new TagDraft(PROJECT, repository, "production/1", head("main"));
    github.createTag(draft);
    github.createTag(draft);

    ApplicationFailure failure =
        failureOf(
            () ->
                github.createTag(
                    new TagDraft(PROJECT, repository, "production/1", head("staging"))));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(failure.getOriginalMessage()).contains(head("main"));
    assertThat(effects("POST /repos/{owner}/{repo}/git/refs")).isEqualTo(1);
  }

  @Test
  void refusesAnotherProjectWithoutACall() {
    assertThat(typeOf(() -> github.createTag(new TagDraft("other", repository, "t", "s"))))
        .isEqualTo(FailureType.FOREIGN_PROJECT);
    assertThat(seen()).isEmpty();
  }

  private void tell(String markdown, String pushed, Integer... numbers) {
    github.tellPulls(
        new PullsNotice(
            PROJECT,
            repository,
            List.of(numbers),
            pushed,
            "main",
            "deployed inspector/production",
            markdown));
  }

  private void post(String sha, String context, StatusState state) {
    github.postStatus(new CommitStatus(PROJECT, repository, sha, context, state, "said"));
  }

  /** Calls that count against the limit, as GitHub says it; asking costs nothing. */
  private int used() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.githubUrl() + "/rate_limit"))
            .header("Authorization", "Bearer " + sandbox.githubToken())
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return JsonHttp.mapper().readTree(answer).at("/resources/core/used").asInt(-1);
  }

  private DeploymentDraft deployment(String marker) {
    return new DeploymentDraft(
        PROJECT, repository, head("staging"), "production", marker, "A promotion");
  }
}
