package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecisionsTest {
  @TempDir Path directory;

  @Test
  void countsAnApprovalThatARawClientSignalledWhileNoWorkerRan() {
    try (House house = House.at(directory).open()) {
      String id = house.promote();
      Ask ask = house.awaitApproval(id);
      house.stopWorker();

      house
          .temporal()
          .newUntypedWorkflowStub(id)
          .signal(
              "approve",
              Map.of(
                  "digest",
                  ask.digest().substring(0, 12),
                  "person",
                  "ana",
                  "reason",
                  "looks good"));
      house.startWorker();

      assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
      assertThat(house.status(id).orElseThrow().decisions())
          .singleElement()
          .satisfies(
              decision -> {
                assertThat(decision.counted()).isTrue();
                assertThat(decision.door()).isEqualTo("temporal-ui");
                assertThat(decision.person()).isEqualTo("ana");
              });
    }
  }

  @Test
  void recordsEveryRefusedSignalWithItsReasonAndCountsNoneOfThem() {
    try (House house = House.at(directory).open()) {
      String id = house.promote();
      String digest = house.awaitApproval(id).digest().substring(0, 12);

      signal(house, id, "approve", "other-digest", Map.of("digest", "0".repeat(12)));
      signal(house, id, "approve", "stranger", Map.of("digest", digest, "person", "mallory"));
      signal(house, id, "approve", "the-requester", Map.of("digest", digest, "person", "bob"));
      signal(house, id, "approve", "untrusted", Map.of("digest", digest, "door", "slack"));
      signal(house, id, "approve", "closed", Map.of("digest", digest, "ask", "approval-9"));
      // What Temporal's UI sends when its form is left empty.
      house.temporal().newUntypedWorkflowStub(id).signal("approve");
      house.temporal().newUntypedWorkflowStub(id).signal("resolve");
      PromotionStatus status = house.await(id, standing -> standing.decisions().size() >= 7);

      assertThat(status.asks()).hasSize(1);
      assertThat(status.decisions())
          .allSatisfy(decision -> assertThat(decision.counted()).isFalse());
      assertThat(status.decisions().stream().map(Decision::decisionId))
          .startsWith("other-digest", "stranger", "the-requester", "untrusted", "closed");
      assertThat(remark(status, "other-digest")).startsWith("another digest: this asks about");
      assertThat(remark(status, "stranger")).startsWith("'mallory' may not answer this");
      assertThat(remark(status, "the-requester")).startsWith("'bob' may not answer this");
      assertThat(remark(status, "untrusted")).isEqualTo("door slack counts only with proof here");
      assertThat(remark(status, "closed")).startsWith("not what is asked");
      assertThat(status.decisions().subList(5, 7))
          .extracting(Decision::remark)
          .containsExactly(
              "say who decides: \"person\" is missing",
              "say what you decide: \"verdict\" is missing");
      Terminal terminal = new Terminal(directory);
      assertThat(terminal.run("why", id, "--address", house.engineAddress())).isZero();
      assertThat(terminal.out())
          .contains(
              "ana said approve, not counted: another digest",
              "mallory said approve, not counted: 'mallory' may not answer this",
              "ana said approve, not counted: door slack counts only with proof here",
              "somebody said nothing, not counted: say what you decide");
      house.approve(id);
      assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
    }
  }

  @Test
  void countsTheFirstOfAYesAndANoThatRaceAndTheSameDecisionOnce() {
    try (House house = House.at(directory).open()) {
      String id = house.promote();
      String digest = house.awaitApproval(id).digest().substring(0, 12);
      house.stopWorker();

      signal(house, id, "reject", "no", Map.of("digest", digest, "reason", "not today"));
      signal(house, id, "approve", "yes", Map.of("digest", digest));
      signal(house, id, "reject", "no", Map.of("digest", digest, "reason", "not today"));
      house.startWorker();

      assertThat(house.end(id).result()).isEqualTo(Result.REJECTED);
      PromotionStatus status = house.status(id).orElseThrow();
      assertThat(status.decisions().stream().map(Decision::decisionId))
          .containsExactly("no", "yes");
      assertThat(status.decisions().stream().map(Decision::counted)).containsExactly(true, false);
      assertThat(remark(status, "yes")).isEqualTo("decided already: no by ana");
      assertThat(house.effects(House.MERGE)).isEmpty();
    }
  }

  private static void signal(
      House house, String id, String verdict, String decisionId, Map<String, String> said) {
    Map<String, String> message = new HashMap<>(Map.of("person", "ana", "reason", "ok"));
    message.putAll(said);
    message.put("decisionId", decisionId);
    house.temporal().newUntypedWorkflowStub(id).signal(verdict, message);
  }

  private static String remark(PromotionStatus status, String decisionId) {
    return status.decisions().stream()
        .filter(decision -> decision.decisionId().equals(decisionId))
        .findFirst()
        .orElseThrow()
        .remark();
  }
}
