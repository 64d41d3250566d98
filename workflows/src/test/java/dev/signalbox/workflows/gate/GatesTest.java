package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.BASE;
import static dev.signalbox.workflows.fixtures.FactsFixture.LEDGER_OF_SOURCE;
import static dev.signalbox.workflows.fixtures.FactsFixture.NOW;
import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatesTest {
  private static final String OTHER = "c".repeat(40);

  @Test
  void listsEveryGateInTheOrderInWhichPeopleReadThem() {
    List<GateResult> results =
        Gates.of(aPipeline().build(), REVISION, List.of()).judge(aLook().build());

    assertThat(results)
        .extracting(GateResult::name)
        .containsExactly(
            "checks",
            "reviewed",
            "verified-in-source",
            "not-older",
            "not-quarantined",
            "base-level",
            "variables",
            "auto-deploy",
            "platform");
  }

  @Test
  void areAllMetWhenTheWorldIsAsItShouldBe() {
    List<GateResult> results =
        Gates.of(aPipeline().requiring("build").build(), REVISION, List.of())
            .judge(aLook().withCheck("build", "success").build());

    assertThat(results).extracting(GateResult::state).containsOnly(State.MET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "1.4.2 | 1.4.1 | MET | backend 1.4.2 after 1.4.1; frontend 1.4.2 after 1.4.1",
        "1.4.1 | 1.4.1 | MET | warning: backend 1.4.1 is what runs now too (VERSION is unchanged)",
        "1.4.2 | none | MET | backend 1.4.2; frontend 1.4.2",
        "none | 1.4.1 | FAILED | backend: VERSION is not there",
      })
  void wantTheVersionThatServicesMustShow(String now, String before, State state, String said) {
    FactsFixture look = aLook();
    for (String service : List.of("backend", "frontend")) {
      look.withVersion(service, REVISION, now).withVersion(service, FactsFixture.BASE, before);
    }

    GateResult result = judge("version-file", aPipeline().withVersionsInAFile(), look);

    assertThat(result.state()).isEqualTo(state);
    assertThat(result.evidence()).startsWith(said);
  }

  @Test
  void waitForTheVersionWhileGitHubIsAway() {
    GateResult result =
        judge("version-file", aPipeline().withVersionsInAFile(), aLook().without("GitHub"));

    assertThat(result.state()).isEqualTo(State.WAITING);
  }

  @ParameterizedTest
  @CsvSource({
    "checks, GitHub",
    "not-older, GitHub",
    "base-level, GitHub",
    "not-older, Railway",
    "verified-in-source, Railway",
    "auto-deploy, Railway",
    "platform, Railway"
  })
  void waitWhileTheSystemThatTheyAskIsAway(String gate, String system) {
    FactsFixture away = aLook().withNothingLive().without(system);

    GateResult result = judge(gate, aPipeline().requiring("build"), away);

    assertThat(result).isEqualTo(GateResult.waiting(gate, system + " answered 503", null, system));
  }

  @ParameterizedTest
  @CsvSource({
    "checks, GitHub",
    "not-older, GitHub",
    "base-level, GitHub",
    "not-older, Railway",
    "verified-in-source, Railway",
    "auto-deploy, Railway"
  })
  void failWhenTheSystemThatTheyAskRefusesForGood(String gate, String system) {
    FactsFixture refused = aLook().withNothingLive().refusedBy(system);

    GateResult result = judge(gate, aPipeline().requiring("build"), refused);

    assertThat(result).isEqualTo(GateResult.failed(gate, system + " answered 401", "operators"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"verified-in-source", "not-older", "base-level"})
  void waitForTheLedgerOfTheSourceWhereTheyJudgeByIt(String gate) {
    GateResult result = judge(gate, aPipeline(), aLook().without(LEDGER_OF_SOURCE));

    assertThat(result)
        .isEqualTo(
            GateResult.waiting(gate, LEDGER_OF_SOURCE + " answered 503", null, LEDGER_OF_SOURCE));
  }

  @Nested
  class RequiredChecks {
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

  @Nested
  class OnBranch {
    private static final String GATE = "on-branch";

    @Test
    void isMetByACommitOfTheBranchThatTheEnvironmentIsDeployedFrom() {
      GateResult result = judge(GATE, aPipeline().withoutSource(), aLook().onTheTargetBranch());

      assertThat(result.state()).isEqualTo(State.MET);
      assertThat(result.evidence()).endsWith("is a commit of main");
    }

    @Test
    void failsForACommitThatIsNotOnTheBranchThoughTheBranchHasNothingOfItsOwn() {
      GateResult result = judge(GATE, aPipeline().withoutSource(), aLook());

      assertThat(result.state()).isEqualTo(State.FAILED);
      assertThat(result.evidence()).contains("is no commit of main");
    }

    @Test
    void waitsWhileGitHubIsAway() {
      GateResult result = judge(GATE, aPipeline().withoutSource(), aLook().without("GitHub"));

      assertThat(result.state()).isEqualTo(State.WAITING);
    }

    @Test
    void takesThePlaceOfTheLevelOfABaseThatNothingIsMergedInto() {
      assertThat(names(aPipeline().withoutSource())).contains(GATE).doesNotContain("base-level");
      assertThat(names(aPipeline())).contains("base-level").doesNotContain(GATE);
    }

    private List<String> names(PipelineFixture pipeline) {
      return Gates.of(pipeline.build(), REVISION, List.of()).judge(aLook().build()).stream()
          .map(GateResult::name)
          .toList();
    }
  }

  @Nested
  class VerifiedInSource {
    private static final String GATE = "verified-in-source";
    private static final Duration SOAK = Duration.ofHours(2);

    @Test
    void isMetWithoutASourceAndSaysThatNothingWasVerified() {
      GateResult result = judge(GATE, aPipeline().withoutSource(), aLook());

      assertThat(result.state()).isEqualTo(State.MET);
      assertThat(result.evidence()).contains("nothing was verified elsewhere");
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
    void takesTheMergeThatTheSourcesLedgerRecordedForTheRevision() {
      String merge = "7".repeat(40);
      FactsFixture running =
          aLook().withSourceRunning("backend", merge).withSourceRunning("frontend", merge);

      assertThat(judge("verified-in-source", aPipeline(), running).state())
          .isEqualTo(State.WAITING);
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
              GateResult.waiting(
                  GATE, "the job has not ended in staging: backend", null, "Railway"));
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
    void countsTheSoakFromTheLedgersRecordOfThisCommit() {
      FactsFixture redeployed =
          aLook()
              .withSourceDeployedAt(NOW.minus(Duration.ofMinutes(1)))
              .withSourceLedgerSaying(REVISION, NOW.minus(SOAK));

      assertThat(judge(GATE, aPipeline().withSoakInSource(SOAK), redeployed).state())
          .isEqualTo(State.MET);
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
                  new ServiceDeployment("backend", "s-backend", OTHER, true, NOW));

      assertThat(judge(GATE, aPipeline().withSoakInSource(SOAK), left).state())
          .isEqualTo(State.MET);
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

  @Nested
  class NotOlder {
    private static final String GATE = "not-older";

    @Test
    void isMetWhenWhatRunsIsAnAncestor() {
      assertThat(judge(GATE, aPipeline(), aLook()))
          .isEqualTo(GateResult.met(GATE, "follows aaaaaaa, which runs now"));
    }

    @Test
    void isMetOnTheFirstRelease() {
      GateResult result = judge(GATE, aPipeline(), aLook().withNothingLive());

      assertThat(result.state()).isEqualTo(State.MET);
      assertThat(result.evidence()).startsWith("first release");
    }

    @Test
    void waitsAndSaysWhatToDoWhenRailwayNamesNoCommitOfWhatRuns() {
      GateResult result = judge("not-older", aPipeline(), aLook().withUploadLive());

      assertThat(result.state()).isEqualTo(State.WAITING);
      assertThat(result.owner()).isEqualTo("operators");
      assertThat(result.evidence())
          .contains("names no commit for what runs as backend, frontend")
          .contains("once from a commit");
    }

    @Test
    void failsWhenWhatRunsIsNoAncestor() {
      GateResult result = judge(GATE, aPipeline(), aLook().withLiveThatIsNoAncestor());

      assertThat(result)
          .isEqualTo(
              GateResult.failed(
                  GATE, "aaaaaaa runs now and is not an ancestor of this commit", "requester"));
    }

    @Test
    void failsWhenTheCommitRunsAlready() {
      GateResult result = judge(GATE, aPipeline(), aLook().withLive(REVISION));

      assertThat(result)
          .isEqualTo(GateResult.failed(GATE, "this commit runs here already", "requester"));
    }
  }

  @Nested
  class NotQuarantined {
    @Test
    void failsWithTheReasonWhenTheCommitProvedBad() {
      GateResult result = judgeWithQuarantineOf(REVISION);

      assertThat(result)
          .isEqualTo(
              GateResult.failed("not-quarantined", "quarantined: 500 on /health", "requester"));
    }

    @Test
    void isMetWhenOnlyAnotherCommitProvedBad() {
      assertThat(judgeWithQuarantineOf(OTHER).state()).isEqualTo(State.MET);
    }

    private GateResult judgeWithQuarantineOf(String revision) {
      return named(
          "not-quarantined",
          Gates.of(
                  aPipeline().build(),
                  REVISION,
                  List.of(new Quarantined(revision, "500 on /health", NOW)))
              .judge(aLook().build()));
    }
  }

  @Nested
  class BaseLevel {
    @Test
    void failsWithTheListOfWhatOnlyTheTargetHas() {
      FactsFixture hotfixed =
          aLook()
              .withOwnCommitOfTarget("1".repeat(40), "Fix in a hurry")
              .withLevelMergeOnTarget("2".repeat(40))
              .withOwnCommitOfTarget("3".repeat(40), "Fix the fix");

      assertThat(judge("base-level", aPipeline(), hotfixed))
          .isEqualTo(
              GateResult.failed(
                  "base-level",
                  "main has commits that this one lacks: 1111111 Fix in a hurry; 3333333 Fix the"
                      + " fix",
                  "authors"));
    }

    @Test
    void isMetWhenTheTargetHasOnlyLevelMerges() {
      FactsFixture merged = aLook().withLevelMergeOnTarget("2".repeat(40));

      assertThat(judge("base-level", aPipeline(), merged))
          .isEqualTo(GateResult.met("base-level", "main has nothing of its own"));
    }

    @Test
    void isMetAndSaysSoWhenTheTargetHasTheRevisionAlready() {
      FactsFixture merged = aLook().withRevisionMergedAs("2".repeat(40));

      assertThat(judge("base-level", aPipeline(), merged))
          .isEqualTo(
              GateResult.met(
                  "base-level",
                  "main has this commit already, as 2222222, and nothing of its own: nothing is"
                      + " merged again"));
    }
  }

  @Nested
  class FastForward {
    @Test
    void failsWhileTheTargetHasAMergeCommitThatTheRevisionLacks() {
      FactsFixture level = aLook().withLevelMergeOnTarget("2".repeat(40));

      assertThat(judge("base-level", aPipeline(), level).state()).isEqualTo(State.MET);
      GateResult result = judge("base-level", aPipeline().movedForward(), level);
      assertThat(result.state()).isEqualTo(State.FAILED);
      assertThat(result.evidence())
          .contains("main has merge commits that this one lacks")
          .contains("2222222");
    }

    @Test
    void needsNothingWhereTheTargetHasTheRevisionAlready() {
      FactsFixture merged = aLook().withRevisionMergedAs("2".repeat(40));

      assertThat(judge("base-level", aPipeline().movedForward(), merged).state())
          .isEqualTo(State.MET);
    }
  }

  @Nested
  class Platform {
    @Test
    void waitsWhileRailwayIsNotWell() {
      FactsFixture incident = aLook().withIncident("Railway has an incident: builds are slow");

      assertThat(judge("platform", aPipeline(), incident))
          .isEqualTo(
              GateResult.waiting(
                  "platform", "Railway has an incident: builds are slow", null, "Railway"));
    }
  }

  @Nested
  class AutoDeployOff {
    private final FactsFixture racing = aLook().withRailwayDeployingPushesTo("main");

    @Test
    void isMetWhenRailwayDeploysNothingByItself() {
      assertThat(judge("auto-deploy", aPipeline(), aLook()).state()).isEqualTo(State.MET);
    }

    @Test
    void failsWithTheServiceThatRailwayWouldDeploy() {
      GateResult result = judge("auto-deploy", aPipeline(), racing);

      assertThat(result.state()).isEqualTo(State.FAILED);
      assertThat(result.evidence()).contains("backend on a push to main");
      assertThat(result.owner()).isEqualTo("operators");
    }

    @Test
    void isMetWhenRailwayDeploysEveryServiceAndIsObserved() {
      FactsFixture deploying = aLook().withRailwayDeployingAll("main", true);

      assertThat(judge("auto-deploy", observing(), deploying))
          .isEqualTo(
              GateResult.met(
                  "auto-deploy",
                  "Railway deploys backend, frontend itself when main moves; it waits there for"
                      + " every check suite of the commit (\"Wait for CI\") before backend"));
    }

    @Test
    void failsWhenThereWouldBeNothingToObserve() {
      GateResult result = judge("auto-deploy", observing(), racing);

      assertThat(result.state()).isEqualTo(State.FAILED);
      assertThat(result.owner()).isEqualTo("operators");
      assertThat(result.evidence())
          .startsWith("Railway does not deploy frontend when main moves, so there would be");
      assertThat(
              judge("auto-deploy", observing(), aLook().withRailwayDeployingAll("develop", false))
                  .evidence())
          .startsWith("Railway does not deploy backend, frontend when main moves");
    }

    @Test
    void followsWhatRailwayMakesOfAnEarlierMerge() {
      FactsFixture merged = aLook().withRevisionMergedAs("2".repeat(40));

      assertThat(judge("auto-deploy", observing(), merged).evidence())
          .startsWith(
              "Railway does not deploy backend, frontend when main moves, and runs nothing of"
                  + " 2222222 there, so there would be nothing to observe");
      assertThat(judge("auto-deploy", observing(), merged.withRailwayDeployingAll("main", false)))
          .isEqualTo(
              GateResult.met(
                  "auto-deploy",
                  "main has it already, as 2222222: what Railway deploys of that itself is followed"
                      + " for backend, frontend, and only where it has ended a service is deployed"
                      + " by its commit"));
    }

    @Test
    void needsNoTriggerWhereRailwayRunsTheEarlierMerge() {
      FactsFixture running =
          aLook().withRevisionMergedAs("2".repeat(40)).withTargetRunning("2".repeat(40));

      assertThat(judge("auto-deploy", observing(), running).state()).isEqualTo(State.MET);
    }

    @Test
    void observesNothingWhereNothingIsMerged() {
      assertThat(judge("auto-deploy", observing().withoutSource(), aLook()).state())
          .isEqualTo(State.MET);
    }

    private PipelineFixture observing() {
      return aPipeline().withAutoDeploy(AutoDeploy.OBSERVE);
    }

    @Test
    void isMetWhenThePolicySwitchesItOff() {
      GateResult result =
          judge("auto-deploy", aPipeline().withAutoDeploy(AutoDeploy.SWITCH_OFF), racing);

      assertThat(result.state()).isEqualTo(State.MET);
      assertThat(result.evidence()).contains("the trigger is removed before the merge");
    }
  }

  @Nested
  class OneServiceAlone {
    private static final LiveSet WHOLE = new LiveSet(BASE, null, NOW, List.of());

    @Test
    void mayBeDeployedWhereThePolicySaysSoAndASetIsOnRecord() {
      GateResult result = alone(aPipeline().allowingOneServiceAlone(), WHOLE);

      assertThat(result.state()).isEqualTo(State.MET);
      assertThat(result.evidence())
          .isEqualTo(
              "only backend is deployed, the others stay: the set is no longer of one commit");
    }

    @Test
    void mayNotElse() {
      assertThat(alone(aPipeline(), WHOLE).evidence()).contains("partial = true is not set");
      assertThat(alone(aPipeline(), WHOLE).state()).isEqualTo(State.FAILED);
      assertThat(alone(aPipeline().allowingOneServiceAlone(), null).state())
          .isEqualTo(State.FAILED);
    }

    @Test
    void isNoGateWhereAllAreDeployed() {
      assertThat(Gates.of(aPipeline().build(), REVISION, List.of()).judge(aLook().build()))
          .extracting(GateResult::name)
          .doesNotContain("partial");
    }

    @Test
    void leavesTheCommitOpenForTheOthers() {
      LiveSet apart = new LiveSet(REVISION, null, NOW, List.of(), List.of("frontend"));
      LiveSet whole = new LiveSet(REVISION, null, NOW, List.of());
      FactsFixture runs = aLook().withLive(REVISION);

      assertThat(notOlder(apart, runs).state()).isEqualTo(State.MET);
      assertThat(notOlder(apart, runs).evidence())
          .isEqualTo("runs here already, but frontend was left on another commit");
      assertThat(notOlder(whole, runs).state()).isEqualTo(State.FAILED);
    }

    private static GateResult notOlder(LiveSet live, FactsFixture facts) {
      return named(
          "not-older",
          Gates.of(aPipeline().build(), REVISION, recorded(live), null).judge(facts.build()));
    }

    private static GateResult alone(PipelineFixture pipeline, LiveSet live) {
      return named(
          "partial",
          Gates.of(pipeline.build(), REVISION, recorded(live), "backend").judge(aLook().build()));
    }

    private static LedgerRecord recorded(LiveSet live) {
      return new LedgerRecord(live, false, null, null);
    }
  }

  private static GateResult judge(String gate, PipelineFixture pipeline, FactsFixture facts) {
    return named(gate, Gates.of(pipeline.build(), REVISION, List.of()).judge(facts.build()));
  }

  private static GateResult named(String gate, List<GateResult> results) {
    return results.stream().filter(result -> result.name().equals(gate)).findFirst().orElseThrow();
  }
}
