package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Journal;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.api.history.v1.HistoryEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What one undisturbed promotion costs. */
@TestInstance(Lifecycle.PER_CLASS)
final class BudgetTest {
  private static final String NOTICE = "POST /repos/{owner}/{repo}/issues/{number}/comments";

  private House house;
  private String id;
  private int beforeTheDecision;
  private List<Journal.Entry> calls;

  @BeforeAll
  void promoteOnce(@TempDir Path directory) {
    house = House.at(directory).open();
    // A gate that waits costs a look more, and this is about the one for which none has to.
    Eventually.that("the checks of staging are green", this::checksAreGreen);
    int mark = house.sandbox().journal().last();
    id = house.promote();
    house.awaitCall(entry -> entry.operation().equals(NOTICE));
    Ask ask = house.awaitApproval(id);
    beforeTheDecision = house.sandbox().journal().last();
    house.approve(id, ask);
    // Not by asking for its status: on the test server each query is a workflow task in the
    // history.
    PromotionResult result =
        house.temporal().newUntypedWorkflowStub(id).getResult(PromotionResult.class);
    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    calls = house.sandbox().journal().since(mark);
    System.out.println(describe());
  }

  private boolean checksAreGreen() {
    String head = house.sandbox().repository().tip(House.STAGING).orElseThrow();
    Map<String, String> checks = house.sandbox().github().checkRuns(head);
    return !checks.isEmpty() && checks.values().stream().allMatch("success"::equals);
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  void callsGitHubAtMost22Times() {
    assertThat(at("github").filter(entry -> entry.status() != 304))
        .as(describe())
        .hasSizeLessThanOrEqualTo(22);
  }

  @Test
  void callsRailwayAtMost14Times() {
    assertThat(at("railway")).as(describe()).hasSizeLessThanOrEqualTo(14);
  }

  @Test
  void callsNobodyWhileItWaitsForTheDecision() {
    Journal.Entry last = house.sandbox().journal().entries().get(beforeTheDecision - 1);

    assertThat(last.operation()).isEqualTo(NOTICE);
  }

  @Test
  void writesAtMost130EventsOverPromotionAndDeploy() {
    assertThat(events(id) + events(house.deployId(House.PRODUCTION)))
        .as(describe())
        .isLessThanOrEqualTo(130);
  }

  private Stream<Journal.Entry> at(String door) {
    return calls.stream().filter(entry -> entry.door().equals(door));
  }

  private int events(String workflowId) {
    return house.temporal().fetchHistory(workflowId).getEvents().size();
  }

  private String describe() {
    return "calls:\n"
        + calls.stream()
            .map(entry -> "  %s %s %d".formatted(entry.door(), entry.operation(), entry.status()))
            .collect(Collectors.joining("\n"))
        + "\nevents of the promotion: "
        + counted(id)
        + "\nevents of the deploy: "
        + counted(house.deployId(House.PRODUCTION));
  }

  private String counted(String workflowId) {
    Map<String, Long> byType =
        house.temporal().fetchHistory(workflowId).getEvents().stream()
            .collect(Collectors.groupingBy(BudgetTest::type, Collectors.counting()));
    return events(workflowId) + " " + byType;
  }

  private static String type(HistoryEvent event) {
    return event.getEventType().name().replace("EVENT_TYPE_", "");
  }
}
