package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.BASE;
import static dev.signalbox.workflows.fixtures.FactsFixture.LEDGER_OF_SOURCE;
import static dev.signalbox.workflows.fixtures.FactsFixture.NOW;
import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.gate.GateResult.State;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatesTest extends Judging {
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
            "platform",
            "freeze",
            "lock",
            "hold");
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
  class NotOlder {
    private static final String GATE = "not-older";

    @Test
    void isMetWhenWhatRunsIsAnAncestor() {
      assertThat(judge(GATE, aPipeline(), aLook()))
          .isEqualTo(GateResult.met(GATE, "follows aaaaaaa, which runs now"));
    }

    @Test
    void isNotMetByTheRecordAloneWhereNobodyKnowsWhatRuns() {
      assertThat(judge(GATE, aPipeline(), aLook().without("Railway")))
          .isEqualTo(GateResult.waiting(GATE, "Railway answered 503", null, "Railway"));
    }

    @Test
    void namesWhatSomebodyElseDeployedSince() {
      String other = "f".repeat(40);
      assertThat(judgedByRecord(aLook().withDeployedByAnother("frontend", other)).evidence())
          .isEqualTo(
              "follows aaaaaaa, which is on record as live; frontend runs fffffff, deployed by"
                  + " somebody else");
    }

    @Test
    void failsWhenSomebodyElseDeployedANewerOne() {
      assertThat(
              judgedByRecord(
                  aLook()
                      .withNewerDeployedByAnother("frontend", "f".repeat(40))
                      .withDeployedByAnother("backend", "d".repeat(40))))
          .isEqualTo(
              GateResult.failed(
                  GATE,
                  "frontend runs fffffff, deployed by somebody else, and that is newer than this"
                      + " commit: promote one that follows it",
                  "requester"));
    }

    private static GateResult judgedByRecord(FactsFixture look) {
      return new dev.signalbox.workflows.gate.NotOlder(
              REVISION, new LiveSet(BASE, null, NOW, List.of()), aPipeline().build())
          .judge(look.build());
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
              GateResult.failed(
                  "not-quarantined",
                  "quarantined: 500 on /health; promote a newer commit that mends it; anybody whom"
                      + " the file names may let it out: `signalbox unquarantine production"
                      + " --commit bbbbbbb --reason TEXT`",
                  "requester"));
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
    void warnsWhereTheSourceCannotBeMovedForwardAfterwards() {
      FactsFixture goneOn = aLook().withSourceAhead("c".repeat(40), "Try a thing", "cleo");

      assertThat(judge("base-level", aPipeline().syncing(), goneOn))
          .isEqualTo(
              GateResult.met(
                  "base-level",
                  "warning: staging has gone on beyond this commit, so this release parts the two"
                      + " and only a pull request brings them level again: ccccccc Try a thing by"
                      + " cleo; main has nothing of its own"));
      assertThat(judge("base-level", aPipeline(), goneOn).evidence())
          .isEqualTo("main has nothing of its own");
    }

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
}
