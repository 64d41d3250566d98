package dev.signalbox.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.SecondAttempt;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullRequestCommentsTest extends OnSandbox {
  private static final String COMMENT = "POST /repos/{owner}/{repo}/issues/{number}/comments";
  private static final String BODY = "PATCH /repos/{owner}/{repo}/pulls/{number}";

  private NotifyActivities people;
  private int number;

  @BeforeEach
  void register() {
    people = stub(NotifyActivities.class, new NotifyActivitiesImpl(Notifiers.of(github()), SERVED));
    Repository in = Repository.of(sandbox.repositoryName());
    number =
        github().openPulls(in, "staging", "main").stream()
            .findFirst()
            .orElseGet(() -> github().createPull(in, "staging", "main", "Promote", "A body"))
            .number();
  }

  private Notice notice(int pullRequest, String marker) {
    return notice(pullRequest, marker, "It is live.");
  }

  private Notice notice(int pullRequest, String marker, String markdown) {
    return new Notice(
        PROJECT,
        sandbox.repositoryName(),
        pullRequest,
        Event.LIVE,
        marker,
        List.of("@ana-dev"),
        markdown);
  }

  @Test
  void mentionsPeopleAndHidesItsMarker() {
    people.tell(notice(number, "p/1:live"));

    assertThat(github().comments(Repository.of(sandbox.repositoryName()), number))
        .extracting(comment -> comment.body())
        .contains("@ana-dev\n\nIt is live.\n\n<!-- signalbox:p/1:live -->");
  }

  @Test
  void tellsItOnceThoughTheAnswerWasLost() {
    sandbox.faults().add(Faults.Rule.of(COMMENT, Fault.RESET_AFTER));

    SecondAttempt.tell(
        new NotifyActivitiesImpl(Notifiers.of(github()), SERVED), notice(number, "p/2:live"));

    assertThat(calls(COMMENT)).isEqualTo(1);
    assertThat(effects(COMMENT)).isEqualTo(1);
  }

  @Test
  void isNotSilencedByAStrangersCommentWithItsMarker() {
    Repository in = Repository.of(sandbox.repositoryName());
    github(sandbox.reviewerToken()).comment(in, number, "<!-- signalbox:p/8:live -->");
    sandbox.faults().add(Faults.Rule.of(COMMENT, Fault.SERVER_ERROR));

    SecondAttempt.tell(
        new NotifyActivitiesImpl(Notifiers.of(github()), SERVED), notice(number, "p/8:live"));

    assertThat(github().comments(in, number))
        .filteredOn(comment -> comment.body().contains("<!-- signalbox:p/8:live -->"))
        .hasSize(2);
  }

  @Test
  void bringsNoControlCharactersNoOtherMarkerAndNoMoreThanGitHubTakes() {
    people.tell(
        notice(number, "p/4:live", "red\u001B[31m <!-- signalbox:other -->" + "x".repeat(70_000)));

    assertThat(github().comments(Repository.of(sandbox.repositoryName()), number))
        .extracting(comment -> comment.body())
        .filteredOn(body -> body.contains("<!-- signalbox:p/4:live -->"))
        .singleElement()
        .asString()
        .hasSizeLessThan(65_536)
        .doesNotContain("\u001B", "<!-- signalbox:other");
  }

  @Test
  void bringsThePullRequestUpToDateAndTellsAlsoWhereThatIsRefused() {
    people.tell(bringing("p/6:asked", "It waits for approval."));
    sandbox.faults().add(Faults.Rule.of(BODY, Fault.SERVER_ERROR));
    people.tell(bringing("p/7:asked", "It still does."));

    Repository in = Repository.of(sandbox.repositoryName());
    assertThat(github().openPulls(in, "staging", "main").get(0).body())
        .isEqualTo("It waits for approval.");
    assertThat(github().comments(in, number))
        .extracting(comment -> comment.body())
        .anyMatch(body -> body.contains("p/6:asked"))
        .anyMatch(body -> body.contains("p/7:asked"));
  }

  private Notice bringing(String marker, String body) {
    return new Notice(
        PROJECT,
        sandbox.repositoryName(),
        number,
        Event.APPROVAL_WANTED,
        marker,
        List.of(),
        "May it?",
        null,
        false,
        body);
  }

  @Test
  void callsNobodyButThoseWhomTheNoticeNames() {
    people.tell(notice(number, "p/5:live", "Thanks to @stranger and &#64;other"));

    assertThat(github().comments(Repository.of(sandbox.repositoryName()), number))
        .extracting(comment -> comment.body())
        .filteredOn(body -> body.contains("<!-- signalbox:p/5:live -->"))
        .singleElement()
        .asString()
        .startsWith("@ana-dev\n\n")
        .doesNotContain("@stranger", "&#64;other");
  }

  @Test
  void saysNothingWhereThereIsNoPullRequest() {
    people.tell(notice(0, "p/3:live"));

    assertThat(calls(COMMENT)).isZero();
  }
}
