package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** An approval is open for Ana and Ben, and Ben has asked for the promotion. */
abstract class AsksHouse {
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final String DIGEST = "3f2a9c".repeat(10) + "abcd";
  static final String PROOF = "the gateway's own";
  static final String ASK = "approval-1";
  final Asks asks = new Asks(() -> NOW, answer -> PROOF.equals(answer.proof()));

  @BeforeEach
  void anApprovalIsOpenForAnaAndBen() {
    asks.judgeBy(aPipeline().approvedByReleasers(1).build(), "ben");
    asks.open(approval(1, "ana", "ben"));
  }

  static Ask approval(List<Need> needs) {
    return new Ask(
        ASK,
        Ask.Kind.APPROVAL,
        "approval",
        "May it go?",
        null,
        List.of(Asks.APPROVE, Asks.REJECT),
        needs.stream().flatMap(need -> need.from().stream()).toList(),
        needs.stream().mapToInt(Need::required).sum(),
        DIGEST,
        NOW,
        NOW.plus(Duration.ofDays(2)),
        needs,
        null,
        null,
        null,
        null);
  }

  /** The same, in which these have a part. */
  static Ask partlyBy(List<Involved> involved, Ask ask) {
    return varied(ask, ask.expires(), involved, null);
  }

  static Ask wantingAReason(Ask ask) {
    return varied(ask, ask.expires(), null, true);
  }

  static Ask withPoint(Ask ask, String point) {
    return varied(ask, ask.expires(), null, null, List.of(point));
  }

  static Ask expiringAt(Instant moment, Ask ask) {
    return varied(ask, moment, null, null);
  }

  private static Ask varied(Ask ask, Instant expires, List<Involved> involved, Boolean reason) {
    return varied(ask, expires, involved, reason, null);
  }

  private static Ask varied(
      Ask ask, Instant expires, List<Involved> involved, Boolean reason, List<String> points) {
    return new Ask(
        ask.id(),
        ask.kind(),
        ask.step(),
        ask.text(),
        ask.read(),
        ask.answers(),
        ask.from(),
        ask.required(),
        ask.digest(),
        ask.askedAt(),
        expires,
        ask.needs(),
        involved,
        reason,
        points,
        null);
  }

  static Ask approval(int required, String... from) {
    return new Ask(
        ASK,
        Ask.Kind.APPROVAL,
        "approval",
        "May it go?",
        null,
        List.of(Asks.APPROVE, Asks.REJECT),
        List.of(from),
        required,
        DIGEST,
        NOW,
        NOW.plus(Duration.ofDays(2)));
  }
}
