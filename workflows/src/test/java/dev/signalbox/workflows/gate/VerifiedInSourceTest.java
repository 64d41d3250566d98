package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.NOW;
import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifiedInSourceTest extends Judging {
  private static final String GATE = "verified-in-source";
  private static final Duration SOAK = Duration.ofHours(2);

  @Test
  void isMetWithoutASourceAndSaysThatNothingWasVerified() {
    GateResult result = judge(GATE, aPipeline().withoutSource(), aLook());

    assertThat(result.state()).isEqualTo(State.MET);
    assertThat(result.evidence()).contains("nothing was verified elsewhere");
  }

  @Test
  void failsWithTheServicesThatThereAreWhereOneIsGoneFromTheSource() {
    assertThat(judge(GATE, aPipeline(), aLook().withoutFrontend()))
        .isEqualTo(
            GateResult.failed(
                GATE,
                "staging: Railway has no service named frontend in this environment (env-staging):"
                    + " deleted, or renamed? It has backend (id-backend)",
                "operators"));
  }

  @Test
  void waitsWhileOneServiceRunsAnotherCommit() {
    FactsFixture mixed = aLook().withSourceRunning("frontend", OTHER);

    assertThat(judge(GATE, aPipeline(), mixed))
        .isEqualTo(
            GateResult.waiting(
                GATE,
                "staging does not run this commit: frontend runs ccccccc",
                null,
                "whoever deploys staging"));
  }

  @Test
  void failsWhereTheBranchHasAnotherCommitInItsPlaceAndSaysWhichToPromote() {
    assertThat(judge(GATE, aPipeline(), aLook().withSourceAmended(OTHER)))
        .satisfies(
            result -> {
              assertThat(result.state()).isEqualTo(State.FAILED);
              assertThat(result.evidence())
                  .startsWith("staging does not run this commit: backend runs ccccccc, ")
                  .contains(
                      "branch staging is at ccccccc now and does not contain bbbbbbb any more")
                  .endsWith("is for no other commit: promote ccccccc");
            });
  }

  @Test
  void takesTheMergeThatTheSourcesLedgerRecordedForTheRevision() {
    String merge = "7".repeat(40);
    FactsFixture running =
        aLook().withSourceRunning("backend", merge).withSourceRunning("frontend", merge);

    assertThat(judge("verified-in-source", aPipeline(), running).state()).isEqualTo(State.WAITING);
    assertThat(judge("verified-in-source", aPipeline(), running.withStandIn(merge)).state())
        .isEqualTo(State.MET);
  }

  @Test
  void waitsWhileOneServiceRunsNothing() {
    FactsFixture empty = aLook().withSourceRunning("backend", null);

    assertThat(judge(GATE, aPipeline(), empty).evidence()).endsWith("backend runs nothing");
  }

  @Test
  void wantsAJobToHaveEnded() {
    PipelineFixture working = aPipeline().withABackendThatIsAJob();

    assertThat(judge(GATE, working, aLook()))
        .isEqualTo(
            GateResult.waiting(GATE, "the job has not ended in staging: backend", null, "Railway"));
    assertThat(judge(GATE, working, aLook().withSourceHavingEnded("backend")).state())
        .isEqualTo(State.MET);
    assertThat(judge(GATE, working, aLook().withSourceRunning("backend", null)).evidence())
        .endsWith("backend ran nothing");
  }

  @Test
  void waitsUntilTheYoungestDeploymentHasSoaked() {
    FactsFixture young = aLook().withSourceDeployedAt(NOW.minus(Duration.ofMinutes(30)));

    GateResult result = judge(GATE, aPipeline().withSoakInSource(SOAK), young);

    assertThat(result.state()).isEqualTo(State.WAITING);
    assertThat(result.until()).isEqualTo(NOW.plus(Duration.ofMinutes(90)));
    assertThat(result.owner()).isEqualTo("time");
  }

  @Test
  void isMetAtTheVeryEndOfTheSoak() {
    FactsFixture soaked = aLook().withSourceDeployedAt(NOW.minus(SOAK));

    assertThat(judge(GATE, aPipeline().withSoakInSource(SOAK), soaked).state())
        .isEqualTo(State.MET);
  }

  @Test
  void countsTheSoakFromTheLedgersRecordOfTheseDeployments() {
    FactsFixture recorded =
        aLook()
            .withSourceDeployedAt(NOW.minus(Duration.ofMinutes(1)))
            .withSourceLedgerSaying(
                REVISION, NOW.minus(SOAK), running("backend"), running("frontend"));

    assertThat(judge(GATE, aPipeline().withSoakInSource(SOAK), recorded).state())
        .isEqualTo(State.MET);
  }

  @Test
  void countsTheSoakAnewWhereAnotherDeploymentOfThisCommitRunsThanIsOnRecord() {
    Instant again = NOW.minus(Duration.ofMinutes(1));
    FactsFixture interrupted =
        aLook()
            .withSourceDeployedAt(again)
            .withSourceLedgerSaying(
                REVISION,
                NOW.minus(SOAK),
                running("backend"),
                new ServiceDeployment("frontend", "s-before", REVISION, true, NOW.minus(SOAK)));

    assertThat(judge(GATE, aPipeline().withSoakInSource(SOAK), interrupted).until())
        .isEqualTo(again.plus(SOAK));
  }

  private static ServiceDeployment running(String service) {
    return new ServiceDeployment(service, "s-" + service, REVISION, true, NOW);
  }

  @Test
  void ignoresTheLedgersRecordOfAnotherCommit() {
    FactsFixture other =
        aLook()
            .withSourceDeployedAt(NOW.minus(Duration.ofMinutes(1)))
            .withSourceLedgerSaying(OTHER, NOW.minus(SOAK));

    assertThat(judge(GATE, aPipeline().withSoakInSource(SOAK), other).state())
        .isEqualTo(State.WAITING);
  }

  @Test
  void takesAnOlderCommitThatTheSourcesLedgerHasInItsSetOfThisOne() {
    FactsFixture left =
        aLook()
            .withSourceRunning("backend", OTHER)
            .withSourceLedgerSaying(
                REVISION,
                NOW.minus(SOAK),
                new ServiceDeployment("backend", "s-backend", OTHER, true, NOW),
                running("frontend"));

    assertThat(judge(GATE, aPipeline().withSoakInSource(SOAK), left).state()).isEqualTo(State.MET);
  }

  @Test
  void takesNoOlderCommitOfWhatWasLeftApartInTheSource() {
    ServiceDeployment left = new ServiceDeployment("backend", "s-backend", OTHER, true, NOW);
    FactsFixture apart =
        aLook().withSourceRunning("backend", OTHER).withSourceLedgerSaying(apart(left));

    assertThat(judge(GATE, aPipeline(), apart).state()).isEqualTo(State.WAITING);
  }

  private LiveSet apart(ServiceDeployment left) {
    return new LiveSet(REVISION, null, NOW, List.of(left), List.of("backend"));
  }

  @Test
  void takesNoOlderCommitThatIsInNoSetOfThisOne() {
    ServiceDeployment another = new ServiceDeployment("backend", "s-other", OTHER, true, NOW);
    ServiceDeployment same = new ServiceDeployment("backend", "s-backend", OTHER, true, NOW);
    FactsFixture foreign =
        aLook()
            .withSourceRunning("backend", OTHER)
            .withSourceLedgerSaying(REVISION, NOW.minus(SOAK), another);
    FactsFixture ofAnother =
        aLook()
            .withSourceRunning("backend", OTHER)
            .withSourceLedgerSaying(OTHER, NOW.minus(SOAK), same);

    assertThat(judge(GATE, aPipeline(), foreign).state()).isEqualTo(State.WAITING);
    assertThat(judge(GATE, aPipeline(), ofAnother).state()).isEqualTo(State.WAITING);
  }

  @Test
  void doesNotCallAnUnknownDeploymentTimeSoaked() {
    FactsFixture undated = aLook().withSourceDeployedAt(null);

    assertThat(judge(GATE, aPipeline().withSoakInSource(SOAK), undated).until())
        .isEqualTo(NOW.plus(SOAK));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reading.class,
      names = {"BAD", "ERROR", "INCONCLUSIVE"})
  void waitsUnlessEveryServiceAnswersWell(Reading reading) {
    FactsFixture sick = aLook().answering("backend", reading);

    assertThat(judge(GATE, aPipeline(), sick))
        .isEqualTo(
            GateResult.waiting(
                GATE,
                "backend of staging is not healthy: expected 200 " + REVISION + ", got 503 sick",
                null,
                "whoever runs staging"));
  }

  @Test
  void waitsForAServiceThatCannotBeAsked() {
    FactsFixture hidden = aLook().withoutAddressOf("frontend");

    assertThat(judge(GATE, aPipeline(), hidden).evidence())
        .isEqualTo("frontend of staging could not be asked: it has no address");
  }

  @Test
  void asksNothingOfAServiceWithoutAHealthPath() {
    FactsFixture hidden = aLook().withoutAddressOf("backend");

    assertThat(judge(GATE, aPipeline().withHealthOfBackend(null), hidden).state())
        .isEqualTo(State.MET);
  }
}
