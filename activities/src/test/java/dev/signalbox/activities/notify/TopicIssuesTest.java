package dev.signalbox.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.SecondAttempt;
import dev.signalbox.activities.github.GitHubAnswers.Issue;
import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.github.GitHubIssues.Edit;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.notify.NotifyActivities.Topic;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicIssuesTest extends OnSandbox {
  private NotifyActivities people;

  @BeforeEach
  void register() {
    people = stub(NotifyActivities.class, new NotifyActivitiesImpl(Notifiers.of(github()), SERVED));
  }

  /** All tests have the same repository. */
  @AfterEach
  void closeAll() {
    sandbox.faults().clear();
    issues()
        .forEach(
            issue ->
                github()
                    .issues()
                    .change(
                        Repository.of(sandbox.repositoryName()),
                        issue.number(),
                        new Edit(null, null, "closed")));
  }

  @Test
  void opensOneIssueAddsToItAndClosesIt() {
    people.tell(notice("1", "The disk is full.", false));
    people.tell(notice("2", "The server is away.", false));

    Issue issue = issues().get(0);
    assertThat(issues()).hasSize(1);
    assertThat(issue.body())
        .startsWith("The disk is full.")
        .contains("<!-- signalbox:backups/p -->");
    assertThat(comments(issue)).singleElement().asString().startsWith("The server is away.");

    people.tell(notice("3", "It was taken.", true));

    assertThat(issues()).isEmpty();
    assertThat(comments(issue)).hasSize(2).last().asString().startsWith("It was taken.");
  }

  @Test
  void callsWhomTheNoticeNamesInANewOneAndInACommentAndMarksEachOnce() {
    people.tell(naming("review", "review", "@ana-dev", "@ben-dev"));
    people.tell(naming("later", "review", "@ana-dev"));

    Issue issue = issues().get(0);
    assertThat(issue.body())
        .isEqualTo(
            "@ana-dev @ben-dev\n\nLook at it, @\u200bcarl-dev.\n\n<!-- signalbox:review -->");
    assertThat(comments(issue))
        .containsExactly("@ana-dev\n\nLook at it, @\u200bcarl-dev.\n\n<!-- signalbox:later -->");
  }

  @Test
  void isNotSilencedByAStrangersIssueOrComment() {
    GitHubClient stranger = github(sandbox.reviewerToken());
    Repository in = Repository.of(sandbox.repositoryName());
    stranger.issues().open(in, "Planted", "<!-- signalbox:backups/p -->", List.of("signalbox"));
    Issue planted = issues().get(0);

    people.tell(notice("1", "The disk is full.", false));
    Issue ours =
        issues().stream().filter(one -> one.number() != planted.number()).findFirst().orElseThrow();
    stranger.comment(in, ours.number(), "<!-- signalbox:2 -->");
    people.tell(notice("2", "The server is away.", false));
    people.tell(notice("3", "It was taken.", true));

    assertThat(comments(ours))
        .filteredOn(text -> text.startsWith("The server is away."))
        .hasSize(1);
    assertThat(comments(planted)).isEmpty();
    assertThat(issues()).extracting(Issue::number).containsExactly(planted.number());
  }

  private Notice naming(String marker, String topic, String... people) {
    return new Notice(
        PROJECT,
        sandbox.repositoryName(),
        0,
        Event.EMERGENCY,
        marker,
        List.of(people),
        "Look at it, @carl-dev.",
        new Topic(topic, "Review it", false));
  }

  @Test
  void saysNothingOfAnEndThatNobodyHeardTheBeginOf() {
    people.tell(notice("1", "It was taken.", true));

    assertThat(issues()).isEmpty();
  }

  @Test
  void opensOneThoughTheAnswerWasLost() {
    sandbox.faults().add(Faults.Rule.of("POST /repos/{owner}/{repo}/issues", Fault.RESET_AFTER));

    SecondAttempt.tell(
        new NotifyActivitiesImpl(Notifiers.of(github()), SERVED),
        notice("1", "The disk is full.", false));

    assertThat(issues()).hasSize(1);
    assertThat(comments(issues().get(0))).isEmpty();
  }

  private List<Issue> issues() {
    return github().openIssues(Repository.of(sandbox.repositoryName()), "signalbox");
  }

  private List<String> comments(Issue issue) {
    return github().comments(Repository.of(sandbox.repositoryName()), issue.number()).stream()
        .map(comment -> comment.body())
        .toList();
  }

  private Notice notice(String marker, String markdown, boolean over) {
    return new Notice(
        PROJECT,
        sandbox.repositoryName(),
        0,
        over ? Event.BACKUP_TAKEN : Event.BACKUP_FAILED,
        marker,
        List.of(),
        markdown,
        new Topic("backups/p", "Backups fail", over));
  }
}
