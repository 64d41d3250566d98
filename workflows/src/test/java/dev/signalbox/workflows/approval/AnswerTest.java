package dev.signalbox.workflows.approval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

  @Test
  void ofASignalWithoutADecisionIdHasTheHashOfItsFields() {
    Answer first = Answer.of("approve", signal("3f2a9c3f2a9c", "ana", "ok", null));

    Answer again = Answer.of("approve", signal("3f2a9c3f2a9c", "ana", "ok", null));

    assertThat(first.decisionId()).hasSizeGreaterThanOrEqualTo(64).isEqualTo(again.decisionId());
  }

  @Test
  void ofASignalWithAnotherFieldHasAnotherId() {
    Answer ok = Answer.of("approve", signal("3f2a9c3f2a9c", "ana", "ok", null));

    assertThat(ok.decisionId())
        .isNotEqualTo(Answer.of("approve", signal("3f2a9c3f2a9d", "ana", "ok", null)).decisionId())
        .isNotEqualTo(Answer.of("approve", signal("3f2a9c3f2a9c", "ben", "ok", null)).decisionId())
        .isNotEqualTo(
            Answer.of("approve", signal("3f2a9c3f2a9c", "ana", "fine", null)).decisionId())
        .isNotEqualTo(Answer.of("reject", signal("3f2a9c3f2a9c", "ana", "ok", null)).decisionId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void ofASignalWithABlankDecisionIdHasTheHashToo(String blank) {
    Answer answer = Answer.of("approve", signal("3f2a9c3f2a9c", "ana", "ok", blank));

    assertThat(answer.decisionId()).startsWith("approve").hasSizeGreaterThan(64);
  }

  @Test
  void keepsTheDecisionIdThatASignalBrings() {
    Answer answer = Answer.of("approve", signal("3f2a9c3f2a9c", "ana", "ok", "d-1"));

    assertThat(answer.decisionId()).isEqualTo("d-1");
  }

  @Test
  void ofAnUpdateWithoutADecisionIdHasTheUpdatesId() {
    Answer answer = Answer.of(update(null), "update-1");

    assertThat(answer.decisionId()).isEqualTo("update-1");
  }

  @Test
  void ofAnUpdateKeepsTheDecisionIdThatItBrings() {
    Answer answer = Answer.of(update("d-1"), "update-1");

    assertThat(answer.decisionId()).isEqualTo("d-1");
  }

  @Test
  void withoutADoorCameFromTheTemporalUi() {
    Answer answer = Answer.of("approve", signal("3f2a9c3f2a9c", "ana", "ok", null));

    assertThat(answer.door()).isEqualTo("temporal-ui");
  }

  @Test
  void ofAMessageWithoutItsObjectSaysNothing() {
    assertThat(Answer.of("approve", null).person()).isNull();
    assertThat(Answer.of((AnswerMessage) null).verdict()).isNull();
    assertThat(Answer.of(null, "update-1").verdict()).isNull();
  }

  @Test
  void isForwardedUnderTheSameDecisionId() {
    Answer answer = Answer.of(update("d-1"), "update-1");

    AnswerMessage forwarded = answer.forwarded("deploy-backend-1");

    assertThat(forwarded)
        .isEqualTo(
            new AnswerMessage("deploy-backend-1", "done", "ana", "seen", "cli", "d-1", "hmac"));
    assertThat(Answer.of(forwarded).decisionId()).isEqualTo("d-1");
  }

  private static ApprovalMessage signal(
      String digest, String person, String reason, String decisionId) {
    return new ApprovalMessage(digest, person, reason, null, null, decisionId, null);
  }

  private static DecideMessage update(String decisionId) {
    return new DecideMessage(
        "done", null, "ana", "seen", null, "deploy-backend-1", "cli", decisionId, "hmac");
  }
}
