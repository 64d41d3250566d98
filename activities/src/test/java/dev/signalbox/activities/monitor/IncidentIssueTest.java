package dev.signalbox.activities.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.github.GitHubIssues;
import dev.signalbox.activities.github.GitHubIssues.Edit;
import dev.signalbox.activities.github.GitHubIssues.Standing;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.monitor.IncidentActivities;
import dev.signalbox.workflows.monitor.IncidentActivities.IssueAnswer;
import dev.signalbox.workflows.monitor.IncidentActivities.IssueOrder;
import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The issue of an incident, against the sandbox's GitHub. */
class IncidentIssueTest extends OnSandbox {
  private static final String OPEN = "POST /repos/{owner}/{repo}/issues";
  private static final String CHANGE = "PATCH /repos/{owner}/{repo}/issues/{number}";
  private static final String TITLE = "Production Deployment Health Check Failed";

  private String marker;
  private GitHubClient client;
  private GitHubIssues issues;
  private IncidentActivities incidents;

  @BeforeEach
  void register() {
    marker = "incident/inspector/production/" + UUID.randomUUID();
    client = github();
    issues = client.issues();
    // No test asks for the ledger.
    incidents = stub(IncidentActivities.class, new IncidentActivitiesImpl(client, null, SERVED));
  }

  @Test
  void opensItWithItsTitleAndLabelsThatWereNotThere() {
    IssueAnswer answer = incidents.write(open(0, "backend is down"));

    assertThat(answer.url()).endsWith("/issues/" + answer.number());
    assertThat(issue(answer).title()).isEqualTo(TITLE);
    assertThat(issue(answer).body()).startsWith("backend is down").endsWith("-->");
    assertThat(client.openIssues(in(), "deployment-alert"))
        .extracting(one -> one.number())
        .contains(answer.number());
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESET_AFTER", "MALFORMED", "RESET_BEFORE", "SERVER_ERROR", "TOO_MANY_REQUESTS"})
  void opensOneHoweverTheAnswerIsLost(Fault fault) {
    sandbox.faults().add(Rule.of(OPEN, fault));
    assertThatThrownBy(() -> incidents.write(open(0, "down"))).isInstanceOf(ActivityFailure.class);

    IssueAnswer answer = incidents.write(open(0, "down"));

    assertThat(effects(OPEN)).isEqualTo(1);
    assertThat(issue(answer).open()).isTrue();
    assertThat(operations()).noneMatch(operation -> operation.contains("/search"));
  }

  @Test
  void findsItBehindAHundredThatWereOpenedLater() {
    int number = incidents.write(open(0, "down")).number();
    for (int other = 0; other < 101; other++) {
      issues.open(in(), "Another " + other, "text", List.of());
    }

    IssueAnswer again = incidents.write(open(0, "down"));

    assertThat(again.number()).isEqualTo(number);
  }

  @Test
  void looksNoFurtherBackThanItsIncidentBegan() {
    incidents.write(open(0, "down"));

    IssueAnswer later = incidents.write(order(0, "down", true, false, in2Days()));

    assertThat(effects(OPEN)).isEqualTo(2);
    assertThat(issue(later).open()).isTrue();
  }

  @Test
  void takesNobodyElsesIssueForItsOwn() {
    github(sandbox.reviewerToken())
        .issues()
        .open(in(), TITLE, PostedText.body("mine", marker), List.of());

    IssueAnswer answer = incidents.write(open(0, "down"));

    assertThat(effects(OPEN)).isEqualTo(2);
    assertThat(issue(answer).body()).startsWith("down");
  }

  @Test
  void changesItInPlaceAndNotAtAllWhereItSaysSoAlready() {
    int number = incidents.write(open(0, "backend is down")).number();

    incidents.write(open(number, "backend and frontend are down"));
    incidents.write(open(number, "backend and frontend are down"));

    assertThat(effects(CHANGE)).isEqualTo(1);
    assertThat(issues.read(in(), number).orElseThrow().body()).startsWith("backend and frontend");
  }

  @Test
  void leavesOneClosedThatAPersonClosedAndSaysSo() {
    int number = incidents.write(open(0, "down")).number();
    issues.change(in(), number, new Edit(null, null, "closed"));

    IssueAnswer answer = incidents.write(open(number, "still down"));

    assertThat(answer.closedByHand()).isTrue();
    assertThat(issue(answer).open()).isFalse();
  }

  @Test
  void opensOneAgainThatAPersonClosedWhereTheFileSaysSo() {
    int number = incidents.write(open(0, "down")).number();
    issues.change(in(), number, new Edit(null, null, "closed"));

    IssueAnswer answer = incidents.write(order(number, "still down", true, true, Instant.EPOCH));

    assertThat(answer.closedByHand()).isFalse();
    assertThat(issue(answer).open()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESET_AFTER", "SERVER_ERROR"})
  void closesItWithOneCommentHoweverTheAnswerIsLost(Fault fault) {
    int number = incidents.write(open(0, "down")).number();
    sandbox.faults().add(Rule.of(CHANGE, fault));
    IssueOrder end = order(number, "over", false, true, Instant.EPOCH);
    assertThatThrownBy(() -> incidents.write(end)).isInstanceOf(ActivityFailure.class);

    incidents.write(end);

    assertThat(issues.read(in(), number).orElseThrow().open()).isFalse();
    assertThat(client.comments(in(), number))
        .singleElement()
        .satisfies(comment -> assertThat(comment.body()).startsWith("up again after 3m"));
  }

  private IssueOrder open(int number, String body) {
    return order(number, body, true, false, Instant.EPOCH);
  }

  private IssueOrder order(int number, String body, boolean open, boolean reopen, Instant since) {
    return new IssueOrder(
        PROJECT,
        sandbox.repositoryName(),
        marker,
        number,
        TITLE,
        List.of("deployment-alert", "urgent"),
        body,
        open,
        reopen,
        open ? null : "up again after 3m",
        "over",
        List.of(),
        since);
  }

  private Standing issue(IssueAnswer answer) {
    return issues.read(in(), answer.number()).orElseThrow();
  }

  /** By the clock that stamps issues. */
  private Instant in2Days() {
    return sandbox.clock().now().plus(Duration.ofDays(2));
  }

  private Repository in() {
    return Repository.of(sandbox.repositoryName());
  }
}
