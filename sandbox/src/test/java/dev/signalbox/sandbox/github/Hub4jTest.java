package dev.signalbox.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.github.GHBranch;
import org.kohsuke.github.GHBranchProtection;
import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCommit;
import org.kohsuke.github.GHCommitState;
import org.kohsuke.github.GHCompare;
import org.kohsuke.github.GHDeployment;
import org.kohsuke.github.GHDeploymentState;
import org.kohsuke.github.GHEvent;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHPullRequestReviewEvent;
import org.kohsuke.github.GHRelease;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.HttpException;

/** With hub4j's github-api, the client of many Java tools, on the other side. */
class Hub4jTest extends GitHubTest {
  private GitHub client(String prefix) throws IOException {
    return new GitHubBuilder()
        .withEndpoint(server.url() + prefix)
        .withOAuthToken(GitHubServer.TOKEN)
        .build();
  }

  private GHRepository repository(String prefix) throws IOException {
    return client(prefix).getRepository("acme/inspector");
  }

  /** A branch one commit ahead, which the client itself makes. */
  private String feature(GHRepository repository) throws IOException {
    repository.createRef("refs/heads/hub/feature", first);
    return repository
        .createContent()
        .path("hub.txt")
        .content("two\n")
        .message("Add hub.txt")
        .branch("hub/feature")
        .commit()
        .getCommit()
        .getSHA1();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/v3"})
  void readsAndWritesBranchesFilesTreesAndCommits(String prefix) throws IOException {
    GHRepository repository = repository(prefix);
    String head = feature(repository);

    assertThat(repository.getRef("heads/hub/feature").getObject().getSha()).isEqualTo(head);
    assertThat(repository.getBranches()).containsKeys("main", "hub/feature");
    assertThat(repository.getFileContent("hub.txt", "hub/feature").getSize()).isEqualTo(4);
    String tree =
        repository
            .createTree()
            .baseTree(repository.getCommit(head).getTree().getSha())
            .add("by-hand.txt", "text\n", false)
            .create()
            .getSha();
    GHCommit commit = repository.createCommit().message("By hand").tree(tree).parent(head).create();
    repository.getRef("heads/hub/feature").updateTo(commit.getSHA1());
    GHCompare compare = repository.getCompare("main", "hub/feature");
    assertThat(compare.getAheadBy()).isEqualTo(2);
    List<GHCommit> all = repository.queryCommits().from("hub/feature").pageSize(1).list().toList();
    assertThat(all).extracting(GHCommit::getSHA1).containsExactly(commit.getSHA1(), head, first);
    byte[] tar = repository.readTar(in -> in.readAllBytes(), "main");
    assertThat(tar).startsWith(0x1f, 0x8b);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/v3"})
  void reportsChecksAndStatuses(String prefix) throws IOException {
    GHRepository repository = repository(prefix);

    repository
        .createCheckRun("ci", first)
        .withStatus(GHCheckRun.Status.COMPLETED)
        .withConclusion(GHCheckRun.Conclusion.SUCCESS)
        .create();
    repository.createCommitStatus(
        first, GHCommitState.SUCCESS, "http://example.test", "fine", "hub/status");

    List<GHCheckRun> runs = repository.getCheckRuns(first).toList();
    assertThat(runs).extracting(GHCheckRun::getName).containsExactly("ci");
    assertThat(runs.get(0).getConclusion()).isEqualTo(GHCheckRun.Conclusion.SUCCESS);
    assertThat(repository.getLastCommitStatus(first).getState()).isEqualTo(GHCommitState.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/v3"})
  void mergesAPullRequestOnce(String prefix) throws IOException {
    GHRepository repository = repository(prefix);
    String head = feature(repository);
    GHPullRequest pull = repository.createPullRequest("Hub", "hub/feature", "main", "body");
    assertThatThrownBy(() -> repository.createPullRequest("Hub", "hub/feature", "main", ""))
        .isInstanceOfSatisfying(
            HttpException.class, refused -> assertThat(refused.getResponseCode()).isEqualTo(422));
    pull.addLabels("release");
    pull.comment("hello");
    pull.createReview().event(GHPullRequestReviewEvent.COMMENT).body("fine").create();

    assertThatThrownBy(() -> pull.merge("Merge", first))
        .isInstanceOfSatisfying(
            HttpException.class, refused -> assertThat(refused.getResponseCode()).isEqualTo(409));
    pull.merge("Merge", head);
    assertThatThrownBy(() -> pull.merge("Merge", head))
        .isInstanceOfSatisfying(
            HttpException.class, refused -> assertThat(refused.getResponseCode()).isEqualTo(405));

    GHPullRequest merged = repository.getPullRequest(pull.getNumber());
    assertThat(merged.isMerged()).isTrue();
    assertThat(merged.getLabels()).hasSize(1);
    assertThat(merged.listFiles().toList()).hasSize(1);
    assertThat(merged.listReviews().toList()).hasSize(1);
    assertThat(merged.getComments()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/v3"})
  void opensFindsAndClosesIssues(String prefix) throws IOException {
    server.github.searchLag(Duration.ZERO);
    GHRepository repository = repository(prefix);

    GHIssue issue = repository.createIssue("Hub broke").body("text").label("incident").create();
    issue.comment("seen");

    assertThat(repository.queryIssues().label("incident").list().toList()).hasSize(1);
    assertThat(client(prefix).searchIssues().q("repo:acme/inspector Hub broke").list().toList())
        .hasSize(1);
    issue.close();
    assertThat(repository.getIssue(issue.getNumber()).getState()).isEqualTo(GHIssueState.CLOSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/v3"})
  void deploysTagsAndReleases(String prefix) throws IOException {
    GHRepository repository = repository(prefix);
    GHDeployment deployment =
        repository
            .createDeployment("main")
            .environment("hub")
            .autoMerge(false)
            .requiredContexts(List.of())
            .create();
    deployment.createStatus(GHDeploymentState.SUCCESS).create();
    GHRelease release = repository.createRelease("hub-1").name("Hub 1").body("notes").create();

    assertThat(deployment.listStatuses().toList()).hasSize(1);
    assertThat(repository.getRef("tags/hub-1").getObject().getSha()).isEqualTo(first);
    assertThat(repository.listTags().toList()).hasSize(1);
    release.update().body("better notes").update();
    assertThat(repository.getLatestRelease().getBody()).isEqualTo("better notes");
    release.delete();
    assertThat(repository.listReleases().toList()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/v3"})
  void protectsABranchAndHooksTheRepository(String prefix) throws IOException {
    GHRepository repository = repository(prefix);
    GHBranch branch = repository.getBranch("main");

    branch
        .enableProtection()
        .addRequiredChecks(new GHBranchProtection.Check("ci", null))
        .includeAdmins()
        .enable();

    assertThat(repository.getBranch("main").isProtected()).isTrue();
    assertThat(branch.getProtection().getRequiredStatusChecks().getChecks())
        .extracting(GHBranchProtection.Check::getContext)
        .containsExactly("ci");
    branch.disableProtection();
    repository.createWebHook(URI.create("http://127.0.0.1:9/").toURL(), List.of(GHEvent.PUSH));
    assertThat(repository.getHooks()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/v3"})
  void countsItsCallsAndIsRefusedWhatIsNotThere(String prefix) throws IOException {
    GitHub client = client(prefix);

    assertThat(client.isCredentialValid()).isTrue();
    assertThat(client.getMyself().getLogin()).isEqualTo(FakeGitHub.LOGIN);
    assertThat(client.getRateLimit().getCore().getLimit()).isEqualTo(5000);
    assertThat(client.getRateLimit().getSearch().getLimit()).isEqualTo(30);
    assertThatThrownBy(() -> client.getRepository("acme/nothing"))
        .isInstanceOf(GHFileNotFoundException.class);
    GitHub stranger =
        new GitHubBuilder().withEndpoint(server.url() + prefix).withOAuthToken("wrong").build();
    assertThat(stranger.isCredentialValid()).isFalse();
  }
}
