package dev.signalbox.workflows.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.policy.Emergency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an emergency passes, and for how long. */
class EmergencyDoorTest {
  private static final Instant ASKED = Instant.parse("2026-11-20T12:00:00Z");
  private static final Emergency RULE =
      new Emergency(List.of("checks", "freeze"), List.of("heads"), Duration.ofHours(2));
  private static final EmergencyDoor DOOR = new EmergencyDoor("ana", "the shop is down", ASKED);
  private static final List<GateResult> GATES =
      List.of(
          GateResult.failed("checks", "python-ci failed", "CI"),
          GateResult.waiting("freeze", "frozen, weekend", null, "the calendar"),
          GateResult.failed("migrations", "no backup", "operators"),
          GateResult.met("reviewed", "off"));

  @Test
  void countsWhatThePolicyListsAsMetAndSaysWhatTheGateSaid() {
    List<GateResult> through = DOOR.through(GATES, RULE, ASKED);

    assertThat(through)
        .extracting(GateResult::state)
        .containsExactly(State.MET, State.MET, State.FAILED, State.MET);
    assertThat(through.get(0).evidence())
        .isEqualTo("skipped in an emergency by ana: the shop is down; it said: python-ci failed");
    assertThat(through).filteredOn(EmergencyDoor::passed).hasSize(2);
  }

  @Test
  void closesByItself() {
    assertThat(DOOR.through(GATES, RULE, ASKED.plus(Duration.ofHours(2)))).isEqualTo(GATES);
    assertThat(DOOR.open(RULE, ASKED.plus(Duration.ofMinutes(119)))).isTrue();
  }

  @Test
  void passesNothingWhereThePolicyKnowsNoEmergency() {
    assertThat(DOOR.through(GATES, null, ASKED)).isEqualTo(GATES);
  }

  @Test
  void sparesTheApprovalOnlyWhereThatIsListed() {
    Emergency with = new Emergency(List.of(Emergency.APPROVAL), List.of("heads"), null);

    assertThat(DOOR.skipsApproval(RULE, ASKED)).isFalse();
    assertThat(DOOR.skipsApproval(with, ASKED)).isTrue();
  }
}
