package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.approval.AnswerFixture.anAnswer;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsksTest extends AsksHouse {
  private static final String LONG_NAME = "wilhelmina-".repeat(20);

  @ParameterizedTest
  @ValueSource(ints = {12, 20, 64})
  void countsAYesThatNamesEnoughOfTheDigest(int digits) {
    DecisionReply reply = asks.take(anAnswer().digest(DIGEST.substring(0, digits)).build());

    assertThat(reply).isEqualTo(new DecisionReply(true, "approve by ana counts"));
    assertThat(asks.approvers(ASK)).containsExactly("ana");
  }

  @Test
  void countsAYesThatIsProvedWhateverItsDoor() {
    DecisionReply reply = asks.take(anAnswer().through("slack").provedBy(PROOF).build());

    assertThat(reply.counted()).isTrue();
    assertThat(asks.decisions()).singleElement().matches(Decision::verified);
  }

  @Test
  void refusesAReasonThatIsLongerThanWhatStaysOnRecord() {
    DecisionReply reply = asks.take(anAnswer().because("x".repeat(1_001)).build());

    assertThat(reply.counted()).isFalse();
    assertThat(reply.message()).startsWith("the reason has 1001 characters, and 1000 stay");
    assertThat(asks.decisions())
        .singleElement()
        .satisfies(decision -> assertThat(decision.reason()).hasSize(1_000));
  }

  @Test
  void refusesAWrongProofAtADoorThatNeedsOne() {
    DecisionReply reply = asks.take(anAnswer().through("slack").provedBy("a guess").build());

    assertThat(reply.message())
        .isEqualTo("door slack counts only with proof here, and this proof is none");
    assertThat(asks.decisions())
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.verified()).isFalse();
              assertThat(decision.counted()).isFalse();
            });
  }

  @Test
  void countsAWrongProofAtATrustedDoorAsNone() {
    DecisionReply reply = asks.take(anAnswer().provedBy("a guess").build());

    assertThat(reply.counted()).isTrue();
    assertThat(asks.decisions()).singleElement().matches(decision -> !decision.verified());
  }

  @Test
  void readsTheDigestInUpperCaseToo() {
    DecisionReply reply = asks.take(anAnswer().digest("3F2A9C3F2A9C").build());

    assertThat(reply.counted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3f2a9c", "3f2a9c3f2a9"})
  void refusesLessThanTwelveDigitsOfTheDigest(String digest) {
    DecisionReply reply = asks.take(anAnswer().digest(digest).build());

    assertThat(reply.counted()).isFalse();
    assertThat(reply.message()).endsWith("the first 12 hex of the card, now 3f2a9c3f2a9c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"000000000000", "3f2a9c3f2a9d"})
  void refusesAnotherDigestAndNamesBoth(String digest) {
    DecisionReply reply = asks.take(anAnswer().digest(digest).build());

    assertThat(reply.counted()).isFalse();
    assertThat(reply.message())
        .isEqualTo(
            "another digest: this asks about 3f2a9c3f2a9c, you named " + digest.substring(0, 12));
  }

  @Test
  void refusesADigestThatGoesOnAfterTheRealOne() {
    DecisionReply reply = asks.take(anAnswer().digest(DIGEST + "00").build());

    assertThat(reply.counted()).isFalse();
  }

  @Test
  void recordsAnUntrustedDoorWithTheReasonAndDoesNotCountIt() {
    DecisionReply reply = asks.take(anAnswer().through("slack").build());

    assertThat(reply.counted()).isFalse();
    assertThat(asks.approvers(ASK)).isEmpty();
    assertThat(asks.decisions())
        .singleElement()
        .extracting(Decision::door, Decision::counted, Decision::verified, Decision::remark)
        .containsExactly("slack", false, false, "door slack counts only with proof here");
  }

  @Test
  void countsADoorThatThePolicyTrusts() {
    asks.judgeBy(aPipeline().approvedByReleasers(1).trusting("cli", "slack").build(), "ben");

    DecisionReply reply = asks.take(anAnswer().through("slack").build());

    assertThat(reply.counted()).isTrue();
  }

  @Test
  void recordsADecisionWithEverythingThatWasSaid() {
    asks.take(anAnswer().id("d-1").because("looks good").build());

    assertThat(asks.decisions())
        .containsExactly(
            new Decision(
                "d-1",
                ASK,
                DIGEST.substring(0, 12),
                "approve",
                "ana",
                "cli",
                "looks good",
                NOW,
                false,
                true,
                null,
                null));
  }

  @Test
  void givesTheSameDecisionIdTwiceOneOutcome() {
    DecisionReply first = asks.take(anAnswer().id("d-1").build());

    DecisionReply second = asks.take(anAnswer().id("d-1").saying("reject").by("carl").build());

    assertThat(second).isEqualTo(first);
    assertThat(asks.decisions()).hasSize(1);
    assertThat(asks.rejection(ASK)).isEmpty();
  }

  @Test
  void keepsTheOutcomeOfARefusedDecisionId() {
    DecisionReply first = asks.take(anAnswer().id("d-1").by("carl").build());

    DecisionReply second = asks.take(anAnswer().id("d-1").build());

    assertThat(second).isEqualTo(first);
    assertThat(asks.approvers(ASK)).isEmpty();
  }

  @Test
  void judgesTheSameWordsAgainThatCameBeforeAnythingWasAsked() {
    asks.close(ASK);
    asks.take(anAnswer().hashedAs("h").build());
    asks.open(approval(1, "ana", "ben"));

    DecisionReply again = asks.take(anAnswer().hashedAs("h").build());

    assertThat(again.counted()).isTrue();
    assertThat(asks.decisions()).extracting(Decision::counted).containsExactly(false, true);
  }

  @Test
  void takesTheSameWordsForTheNextQuestionToo() {
    asks.close(ASK);
    asks.open(question("verify-1", "retry"));
    asks.take(anAnswer().hashedAs("h").saying("retry").build());
    asks.close("verify-1");
    asks.open(question("verify-2", "retry"));

    asks.take(anAnswer().hashedAs("h").saying("retry").build());

    assertThat(asks.answer("verify-2")).isPresent();
    assertThat(asks.decisions()).extracting(Decision::decisionId).doesNotHaveDuplicates();
  }

  @Test
  void takesTheSameWordsOfOneQuestionOnceAlsoWhenItIsClosed() {
    asks.take(anAnswer().hashedAs("h").build());
    asks.take(anAnswer().hashedAs("h").build());
    asks.close(ASK);

    DecisionReply late = asks.take(anAnswer().hashedAs("h").build());

    assertThat(late.counted()).isTrue();
    assertThat(asks.decisions()).hasSize(1);
  }

  @Test
  void recordsTheSameRefusalOfTheSameWordsOnce() {
    asks.take(anAnswer().hashedAs("h").by("mallory").build());
    asks.take(anAnswer().hashedAs("h").by("mallory").build());

    assertThat(asks.decisions()).hasSize(1);
  }

  @Test
  void hasNothingAgainstADecisionThatWasTakenAlready() {
    asks.take(anAnswer().id("d-1").build());

    assertThat(asks.refusal(anAnswer().id("d-1").build())).isEmpty();
  }

  @Test
  void isDecidedByOneNoHoweverManySaidYes() {
    asks.judgeBy(aPipeline().approvedByReleasers(2).build(), "carl");
    Ask three = approval(3, "ana", "ben");
    asks.open(three);
    asks.take(anAnswer().by("ana").build());

    asks.take(anAnswer().saying("reject").by("ben").because("not today").build());

    assertThat(asks.decided(three)).isTrue();
    assertThat(asks.rejection(ASK)).map(Decision::reason).contains("not today");
  }

  @Test
  void refusesANoThatComesAfterTheYesThatDecided() {
    asks.take(anAnswer().by("ana").build());

    DecisionReply no = asks.take(anAnswer().saying("reject").by("ben").build());

    assertThat(no).isEqualTo(new DecisionReply(false, "decided already: yes by ana"));
    assertThat(asks.rejection(ASK)).isEmpty();
  }

  @Test
  void refusesAYesThatComesAfterANo() {
    asks.take(anAnswer().saying("reject").by("ben").build());

    DecisionReply yes = asks.take(anAnswer().by("ana").build());

    assertThat(yes).isEqualTo(new DecisionReply(false, "decided already: no by ben"));
    assertThat(asks.approvers(ASK)).isEmpty();
  }

  @Test
  void doesNotCountARefusedNo() {
    asks.take(anAnswer().saying("reject").by("carl").build());

    assertThat(asks.decided(approval(1, "ana", "ben"))).isFalse();
  }

  @Test
  void refusesAnAnswerWhenTheGateIsClosed() {
    asks.close(ASK);

    DecisionReply reply = asks.take(anAnswer().build());

    assertThat(reply).isEqualTo(new DecisionReply(false, "nothing is asked now"));
  }

  @ParameterizedTest
  @CsvSource({"done, 'possible answers: approve, reject'", "tick, there is no point to tick here"})
  void refusesAnAnswerThatThisAskDoesNotKnow(String said, String why) {
    DecisionReply reply = asks.take(anAnswer().saying(said).build());

    assertThat(reply).isEqualTo(new DecisionReply(false, why));
  }

  @Test
  void findsTheAskThatKnowsTheVerdictAmongSeveral() {
    asks.open(question("deploy-backend-1", "done", "not-done", "abandon"));
    asks.open(question("verify-1", "retry", "accept", "rollback"));

    DecisionReply reply = asks.take(anAnswer().saying("not-done").build());

    assertThat(reply.counted()).isTrue();
    assertThat(asks.answer("deploy-backend-1")).map(Decision::verdict).contains("not-done");
  }

  @Test
  void wantsTheIdWhenSeveralAsksKnowTheVerdict() {
    asks.open(question("deploy-backend-1", "done", "not-done", "abandon"));
    asks.open(question("deploy-frontend-2", "done", "not-done", "abandon"));

    DecisionReply reply = asks.take(anAnswer().saying("done").build());

    assertThat(reply)
        .isEqualTo(
            new DecisionReply(
                false, "not what is asked; open: approval-1, deploy-backend-1, deploy-frontend-2"));
  }

  @Test
  void takesTheAskThatTheAnswerNames() {
    asks.open(question("deploy-backend-1", "done", "not-done", "abandon"));
    asks.open(question("deploy-frontend-2", "done", "not-done", "abandon"));

    asks.take(anAnswer().saying("done").to("deploy-frontend-2").build());

    assertThat(asks.answer("deploy-frontend-2")).isPresent();
    assertThat(asks.answer("deploy-backend-1")).isEmpty();
  }

  @Test
  void takesTheFirstOfTwoAnswersToAQuestionAndRefusesTheSecond() {
    asks.open(question("deploy-backend-1", "done", "not-done", "abandon"));
    asks.take(anAnswer().saying("abandon").build());

    DecisionReply second = asks.take(anAnswer().saying("not-done").by("carl").build());

    assertThat(second).isEqualTo(new DecisionReply(false, "decided already: abandon"));
    assertThat(asks.answer("deploy-backend-1")).map(Decision::verdict).contains("abandon");
  }

  @Test
  void wantsNoDigestForAQuestion() {
    asks.open(question("deploy-backend-1", "done", "not-done", "abandon"));

    DecisionReply reply = asks.take(anAnswer().saying("done").digest(null).by("carl").build());

    assertThat(reply.counted()).isTrue();
  }

  @Test
  void refusesTheButtonOfAnEarlierCard() {
    asks.close(ASK);
    asks.open(next(DIGEST));

    DecisionReply reply = asks.take(anAnswer().to(ASK).build());

    assertThat(reply).isEqualTo(new DecisionReply(false, "not what is asked; open: approval-2"));
  }

  @Test
  void doesNotCarryTheYesOfOneAskToTheNext() {
    asks.take(anAnswer().build());
    asks.close(ASK);

    Ask next = asks.open(next("9".repeat(64)));

    assertThat(asks.decided(next)).isFalse();
  }

  private static Ask next(String digest) {
    return new Ask(
        "approval-2",
        Ask.Kind.APPROVAL,
        "approval",
        "?",
        null,
        List.of("approve", "reject"),
        List.of("ana"),
        1,
        digest,
        NOW,
        null);
  }

  static Stream<Arguments> everyRefusal() {
    return Stream.of(
        Arguments.of("verdict", anAnswer().saying(" ")),
        Arguments.of("person", anAnswer().by("")),
        Arguments.of("not what is asked", anAnswer().to("x".repeat(300))),
        Arguments.of("possible answers", anAnswer().to("many-answers").saying("y".repeat(300))),
        Arguments.of("door", anAnswer().through("z".repeat(300))),
        Arguments.of("name the digest", anAnswer().digest("3f")),
        Arguments.of("another digest", anAnswer().digest("0".repeat(300))),
        Arguments.of("may not answer", anAnswer().by("m".repeat(300))),
        Arguments.of("asked for this and may not", anAnswer().by(LONG_NAME)),
        Arguments.of("said yes already", anAnswer().by("ana@example.com")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyRefusal")
  void refusesInLessThan120Characters(String words, AnswerFixture answer) {
    asks.judgeBy(aPipeline().approvedByReleasers(2).build(), LONG_NAME);
    asks.open(approval(2, "ana", LONG_NAME, "n".repeat(300)));
    for (int at = 1; at <= 9; at++) {
      asks.open(question("deploy-" + "service".repeat(10) + "-" + at, "done"));
    }
    asks.open(question("many-answers", "a".repeat(100), "b".repeat(100)));
    asks.take(anAnswer().by("ana").build());

    assertThat(asks.refusal(answer.build()))
        .hasValueSatisfying(no -> assertThat(no).contains(words).hasSizeLessThan(120));
  }

  private static Ask question(String id, String... answers) {
    return new Ask(
        id,
        Ask.Kind.QUESTION,
        "deploy",
        "Did it?",
        "nothing seen",
        List.of(answers),
        List.of(),
        1,
        null,
        NOW,
        null);
  }
}
