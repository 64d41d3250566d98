package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.github.GitHubAnswers.IssueComment;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.github.PullActivities;
import dev.signalbox.workflows.github.PullActivities.PreviewNotice;
import dev.signalbox.workflows.github.PullActivities.PullQuery;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.github.PullActivities.Remark;
import io.temporal.failure.ActivityFailure;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read of a pull request, and said on it of its preview. */
class PreviewTellingTest extends GitHubHouse {
  private static final List<String> WRITES =
      List.of(
          "POST /repos/{owner}/{repo}/issues/{number}/comments",
          "PATCH /repos/{owner}/{repo}/issues/comments/{id}",
          "POST /repos/{owner}/{repo}/statuses/{sha}",
          "POST /repos/{owner}/{repo}/deployments",
          "POST /repos/{owner}/{repo}/deployments/{id}/statuses");

  private PullActivities pulls;

  @BeforeEach
  void registerPulls() {
    pulls = stub(PullActivities.class, new PullActivitiesImpl(client, SERVED, new HastyClock()));
  }

  @Test
  void saysEverythingInOneCommentThatIsEditedInPlace() {
    Offer offer = release("telling-one");

    tell(offer, "on its way", StatusState.PENDING, null);
    tell(offer, "on its way", StatusState.PENDING, null);
    tell(offer, "live", StatusState.SUCCESS, "https://pr-1.example.com");

    assertThat(comments(offer)).singleElement().asString().startsWith("live").endsWith("-->");
    assertThat(statuses(offer)).containsExactly("success");
    assertThat(deployments(offer)).hasSize(1);
    assertThat(client.deploymentStatuses(in(), deployments(offer).get(0)))
        .extracting(GitHubAnswers.DeploymentStatus::state)
        .containsExactlyInAnyOrder("in_progress", "success");
  }

  @Test
  void keepsToItsOwnCommentWhateverOthersWrite() {
    Offer offer = release("telling-six");
    String marker = PostedText.marker("preview/inspector/pr-" + offer.pull().number());
    GitHubClient stranger = github(sandbox.reviewerToken());
    stranger.comment(in(), offer.pull().number(), "a stranger's " + marker);
    tell(offer, "on its way", StatusState.PENDING, null);
    IssueComment ours = client.comments(in(), offer.pull().number()).get(1);
    stranger.changeComment(in(), ours.id(), ours.body() + "\n\nThank you!");

    tell(offer, "live", StatusState.SUCCESS, "https://pr-1.example.com");

    assertThat(comments(offer))
        .satisfiesExactly(
            theirs -> assertThat(theirs).startsWith("a stranger's"),
            edited -> assertThat(edited).startsWith("live").endsWith("-->"));
  }

  @Test
  void pointsToItsFirstCommentFromOneThatWasWrittenBesideIt() {
    Offer offer = release("telling-seven");
    tell(offer, "on its way", StatusState.PENDING, null);
    String marker = PostedText.marker("preview/inspector/pr-" + offer.pull().number());
    client.comment(in(), offer.pull().number(), "on its way too " + marker);
    long first = client.comments(in(), offer.pull().number()).get(0).id();

    tell(offer, "live", StatusState.SUCCESS, "https://pr-1.example.com");

    assertThat(comments(offer))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("live"),
            other -> assertThat(other).contains("(#issuecomment-" + first + ")"));
  }

  /** Every write is struck once; the engine repeats what failed. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESET_AFTER", "MALFORMED", "RESET_BEFORE", "SERVER_ERROR", "TOO_MANY_REQUESTS"})
  void saysEverythingOnceHoweverAnAnswerIsLost(Fault fault) {
    Offer offer = release("lost-" + fault.text());
    WRITES.forEach(write -> sandbox.faults().add(Rule.of(write, fault)));

    untilItIsSaid(offer, "on its way", StatusState.PENDING);
    untilItIsSaid(offer, "live", StatusState.SUCCESS);
    untilItIsSaid(offer, "removed", StatusState.INACTIVE);

    assertThat(seen().stream().filter(entry -> entry.fault() != null)).hasSameSizeAs(WRITES);
    assertThat(comments(offer)).singleElement().asString().startsWith("removed");
    assertThat(statuses(offer)).containsExactly("success");
    assertThat(deployments(offer)).hasSize(1);
    assertThat(client.deploymentStatuses(in(), deployments(offer).get(0)))
        .extracting(GitHubAnswers.DeploymentStatus::state)
        .containsExactlyInAnyOrder("in_progress", "success", "inactive");
  }

  private void untilItIsSaid(Offer offer, String words, StatusState state) {
    for (int attempt = 0; attempt <= WRITES.size(); attempt++) {
      try {
        tell(offer, words, state, null);
        return;
      } catch (ActivityFailure struck) {
        // Once more.
      }
    }
    throw new AssertionError(words + " was never said");
  }

  @Test
  void marksTheDeploymentOfARemovedPreviewAsInactive() {
    Offer offer = release("telling-two");
    tell(offer, "live", StatusState.SUCCESS, "https://pr-1.example.com");

    tell(offer, "removed", StatusState.INACTIVE, null);

    assertThat(comments(offer)).singleElement().asString().startsWith("removed");
    assertThat(client.deploymentStatuses(in(), deployments(offer).get(0)))
        .extracting(GitHubAnswers.DeploymentStatus::state)
        .contains("inactive");
    assertThat(client.statuses(in(), offer.sha()))
        .filteredOn(status -> status.context().equals("signalbox/preview"))
        .singleElement()
        .satisfies(status -> assertThat(status.state()).isEqualTo("success"))
        .satisfies(status -> assertThat(status.description()).isEqualTo("removed"));
  }

  @Test
  void endsWhatItSaidOfACommitThatDidNotGetThere() {
    Offer offer = release("telling-seven");
    tell(offer, "on its way", StatusState.PENDING, null);

    pulls.tellPreview(
        notice(offer, "removed", null, StatusState.INACTIVE, null, List.of(), offer.sha()));

    assertThat(statuses(offer)).containsExactly("error");
    assertThat(client.deploymentStatuses(in(), deployments(offer).get(0)))
        .extracting(GitHubAnswers.DeploymentStatus::state)
        .contains("inactive");
  }

  @Test
  void remarksOnALineOnceAndLeavesOutWhatIsOnNoLineOfTheDiff() {
    Offer offer = release("telling-four");
    List<Remark> remarks =
        List.of(
            new Remark("0004/ban/1", "notes.txt", 1, "**ban**"),
            new Remark("0004/other/2", "not/changed.py", 1, "**other**"));

    remark(offer, remarks);
    remark(offer, remarks);

    assertThat(client.reviews().remarks(in(), offer.pull().number()))
        .extracting(GitHubAnswers.IssueComment::body)
        .singleElement()
        .asString()
        .startsWith("**ban**")
        .endsWith("/0004/ban/1 -->");
  }

  private void remark(Offer offer, List<Remark> remarks) {
    pulls.tellPreview(notice(offer, "live", offer.sha(), StatusState.SUCCESS, null, remarks, null));
  }

  @Test
  void readsHowThePullRequestStandsAndAnswersWhenItStandsOtherwise() {
    Offer offer = release("telling-three");
    PullQuery query = new PullQuery(PROJECT, repository, offer.pull().number(), null);
    PullState known = pulls.readPull(query);
    assertThat(known.open()).isTrue();
    assertThat(known.head()).isEqualTo(offer.sha());
    assertThat(known.headRepository()).isEqualTo(repository);
    PullQuery next = new PullQuery(PROJECT, repository, offer.pull().number(), known);
    assertThat(typeOf(() -> pulls.awaitPull(next))).isEqualTo(FailureType.UNCHANGED);

    String pushed = push("telling-three", "Another commit");

    assertThat(pulls.awaitPull(next).head()).isEqualTo(pushed);
  }

  @Test
  void readsTheLabelsOfOneAndOfAll() throws Exception {
    Offer offer = release("telling-five");
    label(offer, "preview");
    PullQuery query = new PullQuery(PROJECT, repository, offer.pull().number(), null);

    assertThat(pulls.readPull(query).labelled("Preview")).isTrue();
    assertThat(new PullActivitiesImpl(client, SERVED, new HastyClock()).open(repository))
        .filteredOn(pull -> pull.number() == offer.pull().number())
        .allMatch(pull -> pull.labelled("preview"))
        .hasSize(1);
  }

  private void tell(Offer offer, String words, StatusState state, String url) {
    pulls.tellPreview(notice(offer, words, offer.sha(), state, url, List.of(), null));
  }

  private PreviewNotice notice(
      Offer offer,
      String words,
      String sha,
      StatusState state,
      String url,
      List<Remark> remarks,
      String former) {
    int number = offer.pull().number();
    return new PreviewNotice(
        PROJECT,
        repository,
        number,
        "preview/inspector/pr-" + number,
        "pr-" + number,
        words,
        sha,
        state,
        words,
        url,
        remarks,
        former,
        false);
  }

  private List<String> comments(Offer offer) {
    return client.comments(in(), offer.pull().number()).stream().map(IssueComment::body).toList();
  }

  private List<String> statuses(Offer offer) {
    return client.statuses(in(), offer.sha()).stream()
        .filter(status -> status.context().equals("signalbox/preview"))
        .map(GitHubAnswers.Status::state)
        .toList();
  }

  private List<Long> deployments(Offer offer) {
    return client.deployments(in(), offer.sha(), "pr-" + offer.pull().number()).stream()
        .map(GitHubAnswers.Deployment::id)
        .toList();
  }

  private Repository in() {
    return Repository.of(repository);
  }
}
