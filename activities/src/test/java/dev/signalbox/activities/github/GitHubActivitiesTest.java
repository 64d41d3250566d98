package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.SecondAttempt;
import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.AncestryQuery;
import dev.signalbox.workflows.github.GitHubActivities.BranchDraft;
import dev.signalbox.workflows.github.GitHubActivities.Check;
import dev.signalbox.workflows.github.GitHubActivities.ChecksQuery;
import dev.signalbox.workflows.github.GitHubActivities.ChecksReport;
import dev.signalbox.workflows.github.GitHubActivities.CommitStatus;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentDraft;
import dev.signalbox.workflows.github.GitHubActivities.DeploymentStatus;
import dev.signalbox.workflows.github.GitHubActivities.FileVersion;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.GitHubActivities.MergeProof;
import dev.signalbox.workflows.github.GitHubActivities.MergedPullQuery;
import dev.signalbox.workflows.github.GitHubActivities.PullBody;
import dev.signalbox.workflows.github.GitHubActivities.PullDraft;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.github.GitHubActivities.PullsNotice;
import dev.signalbox.workflows.github.GitHubActivities.ReleaseFacts;
import dev.signalbox.workflows.github.GitHubActivities.ReleaseQuery;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.GitHubActivities.TagDraft;
import dev.signalbox.workflows.github.GitHubActivities.VersionPlace;
import dev.signalbox.workflows.github.GitHubActivities.VersionsQuery;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubActivitiesTest extends OnSandbox {
  private static final String MERGE = "PUT /repos/{owner}/{repo}/pulls/{number}/merge";
  private static final String FORWARD = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
  private static final String BRANCH = "GET /repos/{owner}/{repo}/git/ref/{ref}";
  private static final String COMMIT = "GET /repos/{owner}/{repo}/git/commits/{sha}";
  private static final String DEPLOYMENT = "POST /repos/{owner}/{repo}/deployments";

  private GitHubClient client;
  private GitHubActivities github;
  private String repository;

  @BeforeEach
  void register() {
    client = github();
    github = stub(GitHubActivities.class, new GitHubActivitiesImpl(client, SERVED));
    repository = sandbox.repositoryName();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "notes.txt | version = '(.+)' | 1.4.2 | none",
        "notes.txt | ^(.+)$ | first line | none",
        "notes.txt | release (.+) | none | has nothing that matches release (.+)",
        "notes.txt | (a*)*b\\1 | none | has nothing that matches (a*)*b\\1",
        "backend/NO VERSION | (.+) | none | is not there",
        "backend | (.+) | none | is no file",
      })
  void readsAVersionFromAFileAtACommit(
      String file, String pattern, String version, String problem) {
    String sha = push("staging", "first line\nversion = '1.4.2'\n" + "a".repeat(5_000));

    FileVersion read = version(file, pattern, sha);

    assertThat(read.version()).isEqualTo(version);
    if (problem == null) {
      assertThat(read.problem()).isNull();
    } else {
      assertThat(read.problem()).isEqualTo(file + " of " + sha.substring(0, 7) + " " + problem);
    }
  }

  @Test
  void asksForAVersionOncePerCommit() {
    String sha = push("staging", "1.4.2");

    version("notes.txt", "(.+)", sha);
    version("notes.txt", "(.+)", sha);

    assertThat(calls("GET /repos/{owner}/{repo}/contents/{path}")).isEqualTo(1);
  }

  private FileVersion version(String file, String pattern, String sha) {
    return github
        .readVersions(
            new VersionsQuery(
                PROJECT, repository, List.of(new VersionPlace("backend", file, pattern, sha))))
        .versions()
        .get(0);
  }

  private String push(String branch, String text) {
    return sandbox.pushRelease(
        branch, Map.of("notes.txt", text.getBytes(StandardCharsets.UTF_8)), text);
  }

  /** A pull request and the head that it was opened at. */
  private record Offer(PullRequest pull, String sha) {}

  private Offer pull(String head) {
    PullRequest opened =
        github.ensurePull(
            new PullDraft(PROJECT, repository, head, "main", "Promote " + head, "A body"));
    return new Offer(opened, head(head));
  }

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

  private MergeOrder order(Offer pull, String targetHead) {
    return new MergeOrder(
        PROJECT,
        repository,
        pull.pull().number(),
        pull.sha(),
        pull.sha(),
        targetHead,
        "Promoted",
        null);
  }

  /** A branch from main with a commit of its own, and its pull request. */
  private Offer release(String branch) {
    sandbox.repository().setBranch(branch, head("main"));
    push(branch, "Release " + branch);
    return pull(branch);
  }

  @Test
  void resolvesABranchAndAPrefixInOneCallEach() {
    String staged = head("staging");

    assertThat(
            github.resolveRevision(new RevisionQuery(PROJECT, repository, "staging", null)).sha())
        .isEqualTo(staged);
    assertThat(
            github
                .resolveRevision(
                    new RevisionQuery(PROJECT, repository, null, staged.substring(0, 8)))
                .sha())
        .isEqualTo(staged);
    assertThat(seen()).hasSize(2);
  }

  @Test
  void knowsWhichOfTwoCommitsIsNewer() {
    String older = head("main");
    sandbox.repository().setBranch("line", older);
    sandbox.repository().setBranch("side", older);
    String newer = push("line", "One more");
    String aside = push("side", "On another line");

    assertThat(isAncestor(older, newer)).isTrue();
    assertThat(isAncestor(newer, older)).isFalse();
    assertThat(isAncestor(newer, newer)).isFalse();
    assertThat(isAncestor(aside, newer)).isFalse();
  }

  private boolean isAncestor(String older, String newer) {
    return github.isAncestor(new AncestryQuery(PROJECT, repository, older, newer));
  }

  @Test
  void saysThatNoCommitHasThePrefix() {
    assertThat(
            typeOf(
                () ->
                    github.resolveRevision(
                        new RevisionQuery(PROJECT, repository, null, "0123456789"))))
        .isIn(FailureType.NOT_FOUND, FailureType.REJECTED);
  }

  @Test
  void readsAReleaseInTwoCallsWhenTheTargetHasNothingOfItsOwn() {
    String base = head("main");
    sandbox.repository().setBranch("clean", base);
    String revision = push("clean", "A clean release (#12)");

    ReleaseFacts facts =
        github.readRelease(
            new ReleaseQuery(PROJECT, repository, revision, base, true, "main", null));

    assertThat(facts.targetHead()).isEqualTo(base);
    assertThat(facts.commits()).extracting(commit -> commit.sha()).containsExactly(revision);
    assertThat(facts.pulls()).extracting(pull -> pull.number()).containsExactly(12);
    assertThat(facts.onlyOnTarget()).isEmpty();
    assertThat(facts.baseIsAncestor()).isTrue();
    assertThat(seen()).hasSize(2);
  }

  @Test
  void readsAReleaseAfterAPromotionInThreeCalls() {
    String before = head("main");
    Offer first = release("rounds");
    MergeProof merged = github.merge(order(first, before));
    String next = push("rounds", "The next release");
    int calls = seen().size();

    ReleaseFacts facts =
        github.readRelease(
            new ReleaseQuery(PROJECT, repository, next, first.sha(), true, "main", null));

    assertThat(facts.targetHead()).isEqualTo(merged.mergeCommit());
    assertThat(facts.onlyOnTarget())
        .anySatisfy(
            commit -> {
              assertThat(commit.sha()).isEqualTo(merged.mergeCommit());
              assertThat(commit.level()).isTrue();
            });
    assertThat(facts.baseIsAncestor()).isTrue();
    assertThat(seen().size() - calls).isEqualTo(3);
  }

  @Test
  void namesTheMergeThatStandsForTheRevisionAndItsPullRequest() {
    Offer pull = release("merged");
    MergeProof proof = github.merge(order(pull, head("main")));

    ReleaseFacts facts = read(pull.sha());

    assertThat(facts.merged()).isEqualTo(proof.mergeCommit());
    assertThat(facts.targetHead()).isEqualTo(proof.mergeCommit());
    assertThat(mergedPull(proof.mergeCommit())).isEqualTo(pull.pull());
    assertThat(mergedPull(pull.sha())).isEqualTo(pull.pull());
  }

  @Test
  void namesNoMergeWhereTheTargetHasMoreThanTheRevision() {
    Offer pull = release("overtaken");
    github.merge(order(pull, head("main")));
    push("main", "Mend it in production");

    assertThat(read(pull.sha()).merged()).isNull();
  }

  @Test
  void takesTheRevisionForMergedWhereTheTargetEndsWithIt() {
    sandbox.repository().setBranch("pushed", head("main"));
    String revision = push("pushed", "Pushed to main by hand");
    assertThat(read(revision).merged()).isNull();

    sandbox.repository().setBranch("main", revision);

    assertThat(read(revision).merged()).isEqualTo(revision);
    assertThat(mergedPull(revision)).isNull();
  }

  private ReleaseFacts read(String revision) {
    return github.readRelease(
        new ReleaseQuery(PROJECT, repository, revision, null, false, "main", null));
  }

  private PullRequest mergedPull(String commit) {
    return github.findMergedPull(new MergedPullQuery(PROJECT, repository, commit, "main"));
  }

  @Test
  void mergesOnceAndProvesIt() {
    String before = head("main");
    Offer pull = release("proved");

    MergeProof proof = github.merge(order(pull, before));
    MergeProof again = github.merge(order(pull, before));

    assertThat(proof.mergeCommit()).isEqualTo(head("main"));
    assertThat(proof.parents()).containsExactly(before, pull.sha());
    assertThat(proof.tree()).isEqualTo(proof.revisionTree());
    assertThat(again).isEqualTo(proof);
    assertThat(effects(MERGE)).isEqualTo(1);
  }

  @Test
  void callsAMergeUnclearWhoseCommitCannotBeReadYet() {
    String before = head("main");
    Offer pull = release("unseen");
    sandbox.faults().add(Faults.Rule.of(COMMIT, Fault.SERVER_ERROR).answering(404).times(2));

    MergeProof merged = github.merge(order(pull, before));
    FailureType lagging = typeOf(() -> github.readMerge(order(pull, before)));
    MergeProof read = github.readMerge(order(pull, before));

    assertThat(merged.unclear()).contains("404");
    assertThat(lagging).isEqualTo(FailureType.UNAVAILABLE);
    assertThat(read.mergeCommit()).isEqualTo(head("main"));
    assertThat(read.parents()).containsExactly(before, pull.sha());
    assertThat(effects(MERGE)).isEqualTo(1);
  }

  @Test
  void seesThatNothingWasMerged() {
    Offer pull = release("unmerged");

    assertThat(typeOf(() -> github.readMerge(order(pull, head("main")))))
        .isEqualTo(FailureType.UNCHANGED);
  }

  private MergeOrder forward(Offer pull, String targetHead) {
    return new MergeOrder(
        PROJECT,
        repository,
        pull.pull().number(),
        pull.sha(),
        pull.sha(),
        targetHead,
        null,
        "main");
  }

  @Test
  void movesTheBranchForwardOnceAndGitHubCallsThePullRequestMerged() {
    String before = head("main");
    Offer pull = release("forward");

    MergeProof proof = github.merge(forward(pull, before));
    MergeProof again = github.merge(forward(pull, before));

    assertThat(head("main")).isEqualTo(pull.sha());
    assertThat(proof.mergeCommit()).isEqualTo(pull.sha());
    assertThat(proof.tree()).isEqualTo(proof.revisionTree());
    assertThat(again).isEqualTo(proof);
    assertThat(effects(FORWARD)).isEqualTo(1);
    assertThat(client.pull(Repository.of(repository), pull.pull().number()).merged()).isTrue();
    github.updatePull(new PullBody(PROJECT, repository, pull.pull().number(), "Merged by itself"));
    assertThat(github.readMerge(forward(pull, before))).isEqualTo(proof);
  }

  @ParameterizedTest
  @CsvSource({
    "RESET_BEFORE, UNAVAILABLE, 0",
    "RESET_AFTER, UNAVAILABLE, 1",
    "SERVER_ERROR, UNAVAILABLE, 0",
    "TOO_MANY_REQUESTS, RATE_LIMITED, 0",
    "MALFORMED, UNAVAILABLE, 1"
  })
  void findsItsMoveAfterALostAnswer(Fault fault, FailureType type, int effects) {
    String before = head("main");
    Offer pull = release("lost-forward-" + fault);
    sandbox.faults().add(Faults.Rule.of(FORWARD, fault));

    ApplicationFailure failure = failureOf(() -> github.merge(forward(pull, before)));
    long afterTheFirst = effects(FORWARD);
    MergeProof proof = github.merge(forward(pull, before));

    assertThat(FailureType.of(failure.getType())).isEqualTo(type);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(afterTheFirst).isEqualTo(effects);
    assertThat(proof.mergeCommit()).isEqualTo(pull.sha());
    assertThat(effects(FORWARD)).isEqualTo(1);
  }

  @Test
  void saysThatTheBaseMovedAndLeavesItWhereItIs() {
    String before = head("main");
    Offer pull = release("raced");
    String foreign = push("main", "Mend it in production");

    ApplicationFailure failure = failureOf(() -> github.merge(forward(pull, before)));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(failure.getOriginalMessage())
        .startsWith("the base moved: main is at " + foreign + ", no longer at " + before)
        .endsWith("nothing deployed");
    assertThat(head("main")).isEqualTo(foreign);
    assertThat(effects(FORWARD)).isZero();
  }

  @Test
  void callsAMoveUnclearThatIsNotToBeSeenYet() {
    String before = head("main");
    Offer pull = release("unseen-forward");
    sandbox.faults().add(Faults.Rule.of(BRANCH, Fault.SERVER_ERROR).answering(404).times(2));

    MergeProof moved = github.merge(forward(pull, before));
    FailureType lagging = typeOf(() -> github.readMerge(forward(pull, before)));
    MergeProof read = github.readMerge(forward(pull, before));

    assertThat(moved.unclear()).contains("404");
    assertThat(lagging).isEqualTo(FailureType.UNAVAILABLE);
    assertThat(read.mergeCommit()).isEqualTo(head("main"));
    assertThat(effects(FORWARD)).isEqualTo(1);
  }

  @Test
  void seesThatTheBranchWasNotMoved() {
    Offer pull = release("unmoved");

    assertThat(typeOf(() -> github.readMerge(forward(pull, head("main")))))
        .isEqualTo(FailureType.UNCHANGED);
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
  void refusesToMergeAHeadThatHasMoved() {
    String before = head("main");
    Offer pull = release("moved");
    push("moved", "One more");

    ApplicationFailure failure = failureOf(() -> github.merge(order(pull, before)));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(head("main")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "RESET_BEFORE, UNAVAILABLE, 0",
    "RESET_AFTER, UNAVAILABLE, 1",
    "SERVER_ERROR, UNAVAILABLE, 0",
    "TOO_MANY_REQUESTS, RATE_LIMITED, 0",
    "MALFORMED, UNAVAILABLE, 1"
  })
  void findsItsMergeAfterALostAnswer(Fault fault, FailureType type, int effects) {
    String before = head("main");
    Offer pull = release("lost-" + fault);
    sandbox.faults().add(Faults.Rule.of(MERGE, fault));

    ApplicationFailure failure = failureOf(() -> github.merge(order(pull, before)));
    long afterTheFirst = effects(MERGE);
    MergeProof proof = github.merge(order(pull, before));

    assertThat(FailureType.of(failure.getType())).isEqualTo(type);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(afterTheFirst).isEqualTo(effects);
    assertThat(proof.parents()).containsExactly(before, pull.sha());
    assertThat(effects(MERGE)).isEqualTo(1);
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

  private void post(String sha, String context, StatusState state) {
    github.postStatus(new CommitStatus(PROJECT, repository, sha, context, state, "said"));
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

  /** Calls that count against the limit, as GitHub says it; asking costs nothing. */
  private int used() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.githubUrl() + "/rate_limit"))
            .header("Authorization", "Bearer " + sandbox.githubToken())
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return JsonHttp.mapper().readTree(answer).at("/resources/core/used").asInt(-1);
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

  private DeploymentDraft deployment(String marker) {
    return new DeploymentDraft(
        PROJECT, repository, head("staging"), "production", marker, "A promotion");
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
}
