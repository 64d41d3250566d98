package dev.signalbox.workflows.approval;

import java.time.Instant;
import java.util.UUID;

/** Ana's yes from the command line, unless it says otherwise. */
final class AnswerFixture {
  private String decisionId = UUID.randomUUID().toString();
  private String ask;
  private String verdict = Asks.APPROVE;
  private String digest = "3f2a9c3f2a9c";
  private String person = "ana";
  private String door = "cli";
  private String reason = "ok";
  private String proof;
  private boolean hashed;
  private Instant said;

  private AnswerFixture() {}

  static AnswerFixture anAnswer() {
    return new AnswerFixture();
  }

  AnswerFixture id(String id) {
    decisionId = id;
    return this;
  }

  /** Sent without a decision id, so that it has that of its words. */
  AnswerFixture hashedAs(String id) {
    decisionId = id;
    hashed = true;
    return this;
  }

  AnswerFixture to(String id) {
    ask = id;
    return this;
  }

  AnswerFixture saying(String word) {
    verdict = word;
    return this;
  }

  AnswerFixture digest(String digits) {
    digest = digits;
    return this;
  }

  AnswerFixture by(String claim) {
    person = claim;
    return this;
  }

  AnswerFixture through(String name) {
    door = name;
    return this;
  }

  AnswerFixture because(String words) {
    reason = words;
    return this;
  }

  AnswerFixture provedBy(String hmac) {
    proof = hmac;
    return this;
  }

  AnswerFixture saidAt(Instant moment) {
    said = moment;
    return this;
  }

  Answer build() {
    return new Answer(decisionId, ask, verdict, digest, person, door, reason, proof, hashed, said);
  }
}
