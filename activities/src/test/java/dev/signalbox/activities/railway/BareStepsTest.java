package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.http.Nobody;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.RollbackOrder;
import io.temporal.failure.ApplicationFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BareStepsTest extends OnSandbox {
  private static final String DEPLOY = "serviceInstanceDeployV2";
  private static final String ROLLBACK = "deploymentRollback";
  private static final String REDEPLOY = "deploymentRedeploy";

  /** So near to the attempt's deadline that a call which hangs is given up soon. */
  private static final Clock LATE =
      Clock.offset(Clock.systemUTC(), ActivityProfiles.BARE_CALL.minusMillis(1500));

  private RailwayActivities activities(RailwayClient client, Clock clock) {
    return stub(
        RailwayActivities.class,
        new RailwayActivitiesImpl(client, SERVED, "http", clock, Pace.of(clock)));
  }

  private RailwayActivities activities() {
    return activities(railway(Clock.systemUTC()), Clock.systemUTC());
  }

  private DeployOrder order(String revision) {
    return new DeployOrder(
        PROJECT,
        sandbox.environmentId("production"),
        sandbox.serviceId("backend"),
        "backend",
        revision);
  }

  private RollbackOrder rollback() {
    return new RollbackOrder(
        PROJECT, "backend", sandbox.railway().active("staging", "backend").orElseThrow().id());
  }

  @Test
  void answersRailwaysIdOfTheDeployment() {
    String id = activities().deploy(order(head("staging"))).deploymentId();

    assertThat(sandbox.railway().deployments("production", "backend"))
        .extracting(deployment -> deployment.id())
        .contains(id);
    assertThat(effects(DEPLOY)).isEqualTo(1);
  }

  @Test
  void saysSendingBeforeTheCallLeavesAndNothingAfterIt() {
    List<String> order = new ArrayList<>();
    engine.setActivityHeartbeatListener(
        String.class, detail -> order.add(detail + " at call " + calls(DEPLOY)));

    activities().deploy(order(head("staging")));

    assertThat(order).containsExactly("sending at call 0");
    assertThat(calls(DEPLOY)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "RESET_BEFORE, UNKNOWN_OUTCOME, 0",
    "RESET_AFTER, UNKNOWN_OUTCOME, 1",
    "SERVER_ERROR, UNKNOWN_OUTCOME, 0",
    "TOO_MANY_REQUESTS, RATE_LIMITED, 0",
    "HANG, UNKNOWN_OUTCOME, 1",
    "MALFORMED, UNKNOWN_OUTCOME, 1",
    "ERRORS, UNKNOWN_OUTCOME, 0",
    "ERRORS_WITH_DATA, UNKNOWN_OUTCOME, 1"
  })
  void isSentOnceAndJudgedByWhatItsAnswerProves(Fault fault, FailureType type, int effects) {
    Clock clock = fault == Fault.HANG ? LATE : Clock.systemUTC();
    RailwayActivities railway = activities(railway(clock), clock);
    sandbox.faults().add(Faults.Rule.of(DEPLOY, fault).times(0));
    sandbox.faults().add(Faults.Rule.of(ROLLBACK, fault).times(0));
    sandbox.faults().add(Faults.Rule.of(REDEPLOY, fault).times(0));

    FailureType deployed = typeOf(() -> railway.deploy(order(head("staging"))));
    FailureType rolledBack = typeOf(() -> railway.rollback(rollback()));
    FailureType again = typeOf(() -> railway.redeployImage(rollback()));

    assertThat(again).isEqualTo(type);
    assertThat(calls(REDEPLOY)).isEqualTo(1);
    assertThat(effects(REDEPLOY)).isEqualTo(effects);
    assertThat(deployed).isEqualTo(type);
    assertThat(rolledBack).isEqualTo(type);
    assertThat(calls(DEPLOY)).isEqualTo(1);
    assertThat(calls(ROLLBACK)).isEqualTo(1);
    assertThat(effects(DEPLOY)).isEqualTo(effects);
    assertThat(effects(ROLLBACK)).isEqualTo(effects);
  }

  @ParameterizedTest
  @CsvSource({
    "Not Authorized, REJECTED",
    "Commit not found, NOT_FOUND",
    "Deployment not found, NOT_FOUND",
    "Whoa there pal! Only one environment can be created per user every 30s. Try again in a sec,"
        + " RATE_LIMITED",
    "Problem processing request, UNKNOWN_OUTCOME",
    "Something nobody has seen yet, UNKNOWN_OUTCOME"
  })
  void judgesARefusalByItsText(String text, FailureType type) {
    RailwayActivities railway = activities();
    sandbox.faults().add(Faults.Rule.of(DEPLOY, Fault.ERRORS).saying(text));

    ApplicationFailure failure = failureOf(() -> railway.deploy(order(head("staging"))));

    assertThat(FailureType.of(failure.getType())).isEqualTo(type);
    assertThat(failure.getOriginalMessage()).contains(text).contains("to backend");
    assertThat(effects(DEPLOY)).isZero();
  }

  @Test
  void handsOnHowLongRailwayWantsToBeLeftAlone() {
    RailwayActivities railway = activities();
    sandbox
        .faults()
        .add(Faults.Rule.of(DEPLOY, Fault.TOO_MANY_REQUESTS).lasting(Duration.ofSeconds(7)));

    ApplicationFailure failure = failureOf(() -> railway.deploy(order(head("staging"))));

    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void sendsNothingOnceItsAttemptIsPastItsDeadline() {
    Clock past = Clock.offset(Clock.systemUTC(), ActivityProfiles.BARE_CALL.plusSeconds(1));
    RailwayActivities railway = activities(railway(past), past);

    assertThat(typeOf(() -> railway.deploy(order(head("staging")))))
        .isEqualTo(FailureType.NOT_SENT);
    assertThat(calls(DEPLOY)).isZero();
  }

  @Test
  void knowsThatARefusedConnectionCarriedNothing() {
    try (Nobody nobody = new Nobody()) {
      RailwayClient away =
          new RailwayClient(
              URI.create("http://127.0.0.1:" + nobody.port() + "/graphql/v2"),
              new Secret("token"),
              Clock.systemUTC());
      RailwayActivities railway = activities(away, Clock.systemUTC());

      assertThat(typeOf(() -> railway.deploy(order(head("staging")))))
          .isEqualTo(FailureType.NOT_SENT);
    }
  }

  @Test
  void refusesAnotherProjectsOrderWithoutACall() {
    DeployOrder foreign = new DeployOrder("other", "e", "s", "backend", head("staging"));

    assertThat(typeOf(() -> activities().deploy(foreign))).isEqualTo(FailureType.FOREIGN_PROJECT);
    assertThat(seen()).isEmpty();
  }

  @Test
  void neverShowsItsToken() {
    RailwayActivities railway = activities();
    sandbox
        .faults()
        .add(Faults.Rule.of(DEPLOY, Fault.ERRORS).saying("bad token " + sandbox.railwayToken()));

    ApplicationFailure failure = failureOf(() -> railway.deploy(order(head("staging"))));

    assertThat(failure).hasStackTraceContaining("bad token ***");
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(sandbox.railwayToken());
  }
}
