package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.approval.AnswerFixture.anAnswer;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that were said before somebody asked, and come only now. */
class SaidBeforeTest extends AsksHouse {
  private static final Instant BEFORE = NOW.minus(Duration.ofSeconds(1));

  @ParameterizedTest
  @ValueSource(strings = {Asks.APPROVE, Asks.REJECT})
  void countForNothingAndSayWhatIsAskedSinceThen(String verdict) {
    DecisionReply reply =
        asks.take(
            anAnswer().saying(verdict).through("github").provedBy(PROOF).saidAt(BEFORE).build());

    assertThat(reply)
        .isEqualTo(
            new DecisionReply(
                false,
                "you said it at 2026-11-20T11:59:59Z, this is asked since 2026-11-20T12:00:00Z"
                    + " about 3f2a9c3f2a9c: look, and say it again"));
    assertThat(asks.decided(approval(1, "ana"))).isFalse();
  }

  @Test
  void mayBeSaidAgainOnceItIsAsked() {
    asks.take(anAnswer().id("github-7").saidAt(BEFORE).build());

    assertThat(asks.take(anAnswer().id("github-8").saidAt(NOW).build()).counted()).isTrue();
  }

  @Test
  void countWithinTheSecondOfTheAskAsDoorsStampNoFiner() {
    assertThat(asks.take(anAnswer().saidAt(NOW.minusMillis(999)).build()).counted()).isTrue();
  }

  @Test
  void countAtThePullRequestForNothingThatIsNotYetToBeReadThere() {
    asks.sight().posting(approval(1, "ana"));

    assertThat(asks.take(fromThePullRequest(NOW)).message())
        .isEqualTo("what is asked is only being posted: read it, and say it again");
    assertThat(asks.take(anAnswer().through("slack").provedBy(PROOF).saidAt(NOW).build()).counted())
        .as("on a card at chat it stands already")
        .isTrue();
  }

  @Test
  void countAtThePullRequestForNothingThatWasPostedLater() {
    Instant[] now = {NOW};
    Asks slow = new Asks(() -> now[0], answer -> true);
    slow.judgeBy(aPipeline().approvedByReleasers(1).build(), "ben");
    Ask ask = slow.open(approval(1, "ana"));
    slow.sight().posting(ask);
    now[0] = NOW.plusSeconds(5);
    slow.sight().posted(ask);

    assertThat(slow.take(fromThePullRequest(NOW.plusSeconds(4))).message())
        .startsWith(
            "you said it at 2026-11-20T12:00:04Z, this is asked since 2026-11-20T12:00:05Z");
    assertThat(slow.take(fromThePullRequest(NOW.plusSeconds(5))).counted()).isTrue();
  }

  private static Answer fromThePullRequest(Instant said) {
    return anAnswer().through("github").provedBy(PROOF).saidAt(said).build();
  }

  @Test
  void answerNoQuestionEither() {
    asks.open(
        new Ask(
            "deploy-web-1",
            Ask.Kind.QUESTION,
            "deploy",
            "What became of it?",
            null,
            List.of("done"),
            List.of(),
            1,
            null,
            NOW,
            null));

    DecisionReply reply =
        asks.take(anAnswer().saying("done").digest(null).to("deploy-web-1").saidAt(BEFORE).build());

    assertThat(reply.message())
        .endsWith("this is asked since 2026-11-20T12:00:00Z: look, and say it again");
  }

  @Test
  void areProvedWithTheirMoment() {
    Answer now = anAnswer().id("github-7").saidAt(NOW).build();

    assertThat(ProvenWords.of("promotion/p/e/1", now))
        .isNotEqualTo(ProvenWords.of("promotion/p/e/1", anAnswer().id("github-7").build()));
  }
}
