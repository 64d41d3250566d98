package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.MergeOrder;
import dev.signalbox.workflows.github.GitHubActivities.PullDraft;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.github.ReleaseQuery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** The GitHub activities against the sandbox; a class has one repository, a test its branches. */
abstract class GitHubHouse extends OnSandbox {
  GitHubClient client;
  GitHubActivities github;
  String repository;

  @BeforeEach
  void register() {
    client = github();
    github = stub(GitHubActivities.class, new GitHubActivitiesImpl(client, SERVED));
    repository = sandbox.repositoryName();
  }

  String push(String branch, String text) {
    return sandbox.pushRelease(
        branch, Map.of("notes.txt", text.getBytes(StandardCharsets.UTF_8)), text);
  }

  /** A pull request and the head that it was opened at. */
  record Offer(PullRequest pull, String sha) {}

  Offer pull(String head) {
    PullRequest opened =
        github.ensurePull(
            new PullDraft(PROJECT, repository, head, "main", "Promote " + head, "A body"));
    return new Offer(opened, head(head));
  }

  MergeOrder order(Offer pull, String targetHead) {
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
  Offer release(String branch) {
    sandbox.repository().setBranch(branch, head("main"));
    push(branch, "Release " + branch);
    return pull(branch);
  }

  void label(Offer offer, String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    sandbox.githubUrl()
                        + "/repos/"
                        + repository
                        + "/issues/"
                        + offer.pull().number()
                        + "/labels"))
            .header("Authorization", "Bearer " + sandbox.githubToken())
            .POST(HttpRequest.BodyPublishers.ofString("{\"labels\": [\"" + name + "\"]}"))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(200);
  }

  ReleaseFacts read(String revision) {
    return github.readRelease(
        new ReleaseQuery(PROJECT, repository, revision, null, false, "main", null));
  }
}
