package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.gate.GateResult.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredChecksTest extends Judging {
  private final PipelineFixture pipeline = aPipeline().requiring("build", "test");

  @Test
  void areMetWithoutAnyNameInThePolicy() {
    GateResult result = judge("checks", aPipeline(), aLook());

    assertThat(result).isEqualTo(GateResult.met("checks", "no checks are required"));
  }

  @Test
  void areMetWhenEachIsGreen() {
    FactsFixture green = aLook().withCheck("build", "success").withCheck("test", "success");

    assertThat(judge("checks", pipeline, green))
        .isEqualTo(GateResult.met("checks", "build, test green on exactly this commit"));
  }

  @Test
  void waitForTheOneThatHasNotReported() {
    FactsFixture silent = aLook().withCheck("build", "success");

    assertThat(judge("checks", pipeline, silent))
        .isEqualTo(GateResult.waiting("checks", "test has not reported", null, "CI"));
  }

  @Test
  void waitForTheOneThatRuns() {
    FactsFixture running = aLook().withCheck("build", "success").withRunningCheck("test");

    assertThat(judge("checks", pipeline, running))
        .isEqualTo(GateResult.waiting("checks", "test is running", null, "CI"));
  }

  @Test
  void failWithTheRedOnesEvenWhileOthersRun() {
    FactsFixture red = aLook().withCheck("build", "failure").withRunningCheck("test");

    assertThat(judge("checks", pipeline, red))
        .isEqualTo(
            GateResult.failed("checks", "build ended failure (https://ci/build)", "authors"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"neutral", "skipped", "cancelled", "timed_out"})
  void doNotTakeAnythingButSuccessForGreen(String conclusion) {
    FactsFixture odd = aLook().withCheck("build", "success").withCheck("test", conclusion);

    assertThat(judge("checks", pipeline, odd).state()).isEqualTo(State.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"neutral", "skipped"})
  void takeWhatThePolicyAcceptsForGreen(String conclusion) {
    FactsFixture odd = aLook().withCheck("build", "success").withCheck("test", conclusion);

    assertThat(judge("checks", pipeline.accepting(conclusion), odd).state()).isEqualTo(State.MET);
  }

  @Test
  void fallShortWhenOnlyOtherNamesAreGreen() {
    FactsFixture others = aLook().withCheck("lint", "success").withCheck("docs", "success");

    assertThat(judge("checks", pipeline, others).evidence())
        .isEqualTo("build has not reported, test has not reported");
  }

  @Test
  void areMetWhenAsManyAsMustBeThereAreGreen() {
    FactsFixture shards =
        aLook()
            .withCheck("Run Tests (shard 1)", "success")
            .withCheck("Run Tests (shard 2)", "success");

    assertThat(judge("checks", aPipeline().requiring(2, "Run Tests (shard *)"), shards))
        .isEqualTo(
            GateResult.met("checks", "2 of Run Tests (shard *) green on exactly this commit"));
  }

  @Test
  void waitForTheShardThatNeverReported() {
    FactsFixture shards =
        aLook()
            .withCheck("Run Tests (shard 1)", "success")
            .withCheck("Run Tests (shard 3)", "success");

    assertThat(judge("checks", aPipeline().requiring(3, "Run Tests (shard *)"), shards))
        .isEqualTo(
            GateResult.waiting(
                "checks",
                "2 of 3 of Run Tests (shard *) have reported: Run Tests (shard 1);"
                    + " Run Tests (shard 3)",
                null,
                "CI"));
  }

  @Test
  void failWhenOneMoreThanMustBeThereIsRed() {
    FactsFixture shards =
        aLook()
            .withCheck("Run Tests (shard 1)", "success")
            .withCheck("Run Tests (shard 2)", "failure");

    GateResult result = judge("checks", aPipeline().requiring(1, "Run Tests (shard *)"), shards);

    assertThat(result.state()).isEqualTo(State.FAILED);
    assertThat(result.evidence()).startsWith("Run Tests (shard 2) ended failure");
  }

  @Test
  void takeAPatternForTextButForItsStars() {
    FactsFixture others = aLook().withCheck("Run Tests [shard 1]", "success");

    assertThat(judge("checks", aPipeline().requiring(1, "Run Tests (shard *)"), others).state())
        .isEqualTo(State.WAITING);
  }

  @Test
  void failWhenCheckRunAndCommitStatusOfOneNameDisagree() {
    FactsFixture both =
        aLook()
            .withCheck("build", "success")
            .withStatus("build", "failure")
            .withCheck("test", "success");

    assertThat(judge("checks", pipeline, both))
        .isEqualTo(
            GateResult.failed(
                "checks",
                "build is reported twice, and they disagree: as check run it ended success,"
                    + " as commit status it ended failure (https://ci/build)",
                "authors"));
  }

  @Test
  void sayHowASkippedOneWouldCount() {
    FactsFixture skipped = aLook().withCheck("build", "skipped").withCheck("test", "success");

    assertThat(judge("checks", pipeline, skipped).evidence())
        .endsWith(", which is green only with accept = [\"skipped\"]");
  }

  @Test
  void failWhenRailwaysOwnWordIsRequired() {
    FactsFixture railways = aLook().withRailwaysWord("inspector - backend", "success");

    GateResult result = judge("checks", aPipeline().requiring("inspector - backend"), railways);

    assertThat(result.state()).isEqualTo(State.FAILED);
    assertThat(result.owner()).isEqualTo("operators");
    assertThat(result.evidence()).contains("success even where nothing was deployed");
  }
}
