package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import org.junit.jupiter.api.Test;

class AutoDeployOffTest extends Judging {
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
  void failsWithTheServicesThatThereAreWhereOneIsGone() {
    assertThat(judge("auto-deploy", aPipeline(), aLook().withoutFrontend()))
        .isEqualTo(
            GateResult.failed(
                "auto-deploy",
                "Railway has no service named frontend in this environment (env-production):"
                    + " deleted, or renamed? It has backend (id-backend)",
                "operators"));
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
  void failsWhereTheTriggerIsThereAndRestsAndSaysHowToWakeIt() {
    FactsFixture resting = aLook().withRailwayDeployingAll("main", false).withBackendSwitchedOff();

    GateResult result = judge("auto-deploy", observing(), resting);

    assertThat(result.state()).isEqualTo(State.FAILED);
    assertThat(result.evidence())
        .startsWith("Railway does not deploy backend when main moves")
        .contains(
            "automatic deployments are switched off there for backend: switch them on with"
                + " serviceInstanceAutoDeployUpdate(input: {projectId: \"")
        .contains("environmentId: \"env-production\", serviceId: \"id-backend\", enabled: true})");
  }

  @Test
  void doesNotRefuseATriggerThatRests() {
    assertThat(judge("auto-deploy", aPipeline(), racing.withBackendSwitchedOff()))
        .isEqualTo(
            GateResult.met(
                "auto-deploy",
                "Railway deploys nothing here by itself: automatic deployments are switched off"
                    + " for backend"));
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
