package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.approval.AnswerFixture.anAnswer;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose answer counts: the people that are asked, by whatever name, and not the requester. */
class WhoMayAnswerTest extends AsksHouse {
  @ParameterizedTest
  @ValueSource(strings = {"ana", "Ana", " ana ", "ana-gh", "Ana-GH", "@ana-gh", "ana@example.com"})
  void knowsAPersonByNameLoginAndEmail(String claim) {
    asks.take(anAnswer().by(claim).build());

    assertThat(asks.approvers(ASK)).containsExactly("ana");
  }

  @Test
  void trustsNoDoorBeforeTheRulesAreKnown() {
    Asks without = new Asks(() -> NOW, answer -> false);
    without.open(approval(1, "ana", "ben"));

    DecisionReply reply = without.take(anAnswer().build());

    assertThat(reply).isEqualTo(new DecisionReply(false, "door cli counts only with proof here"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"carl", "mallory", "U1", "nobody"})
  void refusesWhoeverMayNotAnswerAndSaysWhoMay(String person) {
    DecisionReply reply = asks.take(anAnswer().saying("reject").by(person).build());

    assertThat(reply)
        .isEqualTo(new DecisionReply(false, "'" + person + "' may not answer this; may: ana, ben"));
  }

  @Test
  void namesNobodyForAYesWhoseYesWouldBeWorthNothing() {
    DecisionReply reply = asks.take(anAnswer().by("carl").build());
    asks.judgeBy(aPipeline().approvedByReleasers(1).build(), "ana");
    asks.open(approval(1, "ana"));
    DecisionReply alone = asks.take(anAnswer().by("carl").build());

    assertThat(reply.message()).as("ben asked for it").endsWith("; may: ana");
    assertThat(alone.message()).endsWith("; may: nobody of those who are asked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ben", "Ben", "ben-gh", "@Ben-gh", "BEN@example.com "})
  void refusesTheRequestersOwnYesByWhateverName(String claim) {
    DecisionReply reply = asks.take(anAnswer().by(claim).build());

    assertThat(reply)
        .isEqualTo(
            new DecisionReply(false, "'" + claim + "' asked for this and may not approve it"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ben", "BEN", "ben-gh", "ben@example.com", " Ben@Example.com"})
  void refusesTheRequestersOwnYesByWhateverNameHeAsked(String requester) {
    asks.judgeBy(aPipeline().approvedByReleasers(1).build(), requester);

    DecisionReply reply = asks.take(anAnswer().by("ben").build());

    assertThat(reply.counted()).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void takesABlankRequesterForNobody(String requester) {
    asks.judgeBy(aPipeline().approvedByReleasers(1).build(), requester);

    DecisionReply reply = asks.take(anAnswer().by("ana").build());

    assertThat(reply.counted()).isTrue();
  }

  @Test
  void takesNobodyForThePersonOfWhomTheFileKnowsTheNameAlone() {
    Person named = new Person("ana", "release", null, null, null);

    assertThat(named.answersTo("")).isFalse();
    assertThat(named.answersTo(" ")).isFalse();
    assertThat(named.answersTo("null")).isFalse();
    assertThat(named.answersTo("@null")).isFalse();
    assertThat(named.answersTo("Ana")).isTrue();
  }

  @Test
  void countsNobodyTwiceWhomTheFileDoesNotKnow() {
    asks.judgeBy(aPipeline().build(), "carl");
    asks.open(approval(2));
    asks.take(anAnswer().by("dora@example.com").build());

    DecisionReply again = asks.take(anAnswer().by("Dora@Example.com").build());

    assertThat(again.counted()).isFalse();
  }

  @Test
  void countsTheRequestersOwnYesWhereThePolicyAllowsIt() {
    asks.judgeBy(aPipeline().approvedByAReleaserOrTheRequester().build(), "ben");

    DecisionReply reply = asks.take(anAnswer().by("ben").build());

    assertThat(reply.counted()).isTrue();
  }

  @Test
  void countsTheRequestersOwnNo() {
    asks.take(anAnswer().saying("reject").by("ben").build());

    assertThat(asks.rejection(ASK)).map(Decision::person).contains("ben");
  }

  @Test
  void countsNobodyTwice() {
    asks.open(approval(2, "ana", "ben"));
    asks.take(anAnswer().by("ana").build());

    DecisionReply again = asks.take(anAnswer().by("ana-gh").build());

    assertThat(again).isEqualTo(new DecisionReply(false, "'ana-gh' has said yes already"));
    assertThat(asks.decided(approval(2, "ana", "ben"))).isFalse();
  }

  @Test
  void isDecidedWhenEnoughDifferentPeopleSaidYes() {
    asks.judgeBy(aPipeline().approvedByReleasers(2).build(), "carl");
    Ask two = approval(2, "ana", "ben");
    asks.open(two);

    asks.take(anAnswer().by("ana").build());
    asks.take(anAnswer().by("ben").build());

    assertThat(asks.approvers(ASK)).containsExactly("ana", "ben");
    assertThat(asks.decided(two)).isTrue();
  }
}
