package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.DeploymentWatch.Progress;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.AwaitOrder.Phase;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.PushOrder;
import dev.signalbox.workflows.railway.RailwayActivities.Pushed;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.TriggerOrder;
import dev.signalbox.workflows.railway.ServiceState;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(value = OnSandbox.LOG_OF_EVENTS, mode = ResourceAccessMode.READ)
class RailwayReadsTest extends OnSandbox {
  private static final Duration POLL = Duration.ofMillis(50);

  private RailwayActivities railway;

  @BeforeEach
  void register() {
    RailwayClient client = railway(Clock.systemUTC());
    client.credential();
    railway = stub(RailwayActivities.class, implementation(client));
  }

  private static RailwayActivitiesImpl implementation(RailwayClient client) {
    return new RailwayActivitiesImpl(
        client, SERVED, "http", Clock.systemUTC(), Pace.of(Clock.systemUTC()));
  }

  private EnvironmentQuery query(String environment) {
    return new EnvironmentQuery(
        PROJECT, sandbox.projectId(), environment, List.of("backend", "frontend"), null);
  }

  private String deploy(String environment, String revision) {
    return railway
        .deploy(
            new DeployOrder(
                PROJECT,
                sandbox.environmentId(environment),
                sandbox.serviceId("backend"),
                "backend",
                revision))
        .deploymentId();
  }

  private DeploymentEnd await(String deployment, Duration limit) {
    return railway.awaitDeployment(
        new AwaitOrder(
            PROJECT,
            "backend",
            deployment,
            null,
            null,
            limit,
            null,
            POLL,
            List.of(Phase.values())));
  }

  @Test
  void readsAnEnvironmentInOneRequest() {
    int calls = sandbox.journal().last();

    EnvironmentState staging = railway.readEnvironment(query("staging"));

    assertThat(sandbox.journal().last()).isEqualTo(calls + 1);
    assertThat(staging.environmentId()).isEqualTo(sandbox.environmentId("staging"));
    assertThat(staging.incident()).isNull();
    ServiceState backend = staging.service("backend").orElseThrow();
    assertThat(backend.active().revision()).isEqualTo(head("staging"));
    assertThat(backend.url()).isEqualTo(sandbox.serviceUrl("staging", "backend"));
    assertThat(backend.triggers()).extracting(trigger -> trigger.branch()).contains("staging");
    assertThat(backend.recent()).contains(backend.active().id());
    assertThat(staging.service("frontend")).isPresent();
  }

  @Test
  void saysInOneSentenceThatRailwayIsNotWell() throws Exception {
    EnvironmentState well = railway.readEnvironment(query("staging"));
    say("{'incident':{'status':'INVESTIGATING','message':'builds are slow'}}");

    EnvironmentState incident = railway.readEnvironment(query("staging"));
    say("{'incident':{'status':'RESOLVED'},'maintenance':{'status':'NOTSTARTEDYET'}}");
    EnvironmentState over = railway.readEnvironment(query("staging"));
    say("{'maintenance':{'status':'INPROGRESS','message':'new racks'}}");
    EnvironmentState maintenance = railway.readEnvironment(query("staging"));
    say("{'incident':null,'maintenance':null,'isStable':false}");
    EnvironmentState unstable = railway.readEnvironment(query("staging"));
    say("{'isStable':true}");

    assertThat(incident.incident())
        .isEqualTo(
            "Railway has an incident (investigating): builds are slow"
                + " (https://status.railway.com)");
    assertThat(incident.fingerprint()).isNotEqualTo(well.fingerprint());
    assertThat(over.incident()).isNull();
    assertThat(maintenance.incident())
        .startsWith("Railway is under maintenance (inprogress): new racks");
    assertThat(unstable.incident()).isEqualTo("Railway says that its platform is not stable");
  }

  private void say(String platform) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.url() + "/_sandbox/platform"))
            .method("PATCH", BodyPublishers.ofString(platform.replace('\'', '"')))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void hasAnotherFingerprintWhenTheEnvironmentHasChanged() {
    String known = railway.readEnvironment(query("production")).fingerprint();
    assertThat(railway.readEnvironment(query("production")).fingerprint()).isEqualTo(known);

    await(deploy("production", head("main")), Duration.ofSeconds(10));

    assertThat(railway.readEnvironment(query("production")).fingerprint()).isNotEqualTo(known);
  }

  @Test
  void namesTheEnvironmentThatIsNotThere() {
    ApplicationFailure failure = failureOf(() -> railway.readEnvironment(query("prod")));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.NOT_FOUND);
    assertThat(failure.getOriginalMessage()).contains("no environment named prod");
  }

  @Test
  void retriesAReadWhoseAnswerIsNoAnswer() {
    sandbox.faults().add(Faults.Rule.of("*", Fault.ERRORS_WITH_DATA));

    ApplicationFailure failure = failureOf(() -> railway.readEnvironment(query("staging")));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.UNAVAILABLE);
    assertThat(failure.isNonRetryable()).isFalse();
  }

  @Test
  void findsWhatRailwayMakesOfAPush() {
    List<String> baseline = baseline("staging");
    String pushed =
        sandbox.pushRelease("staging", Map.of("backend/push.txt", new byte[] {1}), "A push");

    Pushed found = railway.awaitPush(push("staging", pushed, baseline, Duration.ofSeconds(10)));

    assertThat(found.deploymentId()).isNotNull().isNotIn(baseline);
    DeploymentEnd end = await(found.deploymentId(), Duration.ofSeconds(10));
    assertThat(end.last().revision()).isEqualTo(pushed);
  }

  @Test
  void namesWhatWasDeployedInItsPlace() {
    List<String> baseline = baseline("production");
    String foreign = deploy("production", head("staging"));

    Pushed found =
        railway.awaitPush(push("production", "f".repeat(40), baseline, Duration.ofSeconds(10)));

    assertThat(found.deploymentId()).isNull();
    assertThat(found.others()).extracting(Deployment::id).containsExactly(foreign);
  }

  @Test
  void saysAfterTheLimitThatNothingCame() {
    Pushed found =
        railway.awaitPush(
            push("production", "f".repeat(40), baseline("production"), Duration.ofMillis(300)));

    assertThat(found.deploymentId()).isNull();
    assertThat(found.others()).isEmpty();
    assertThat(calls("deployments")).isGreaterThan(1);
  }

  @Test
  void givesUpWaitingForAPushThatNobodyCanTellOf() {
    List<String> baseline = baseline("production");
    sandbox.faults().add(Faults.Rule.of("*", Fault.ERRORS_WITH_DATA).times(0));

    ApplicationFailure failure =
        failureOf(
            () ->
                railway.awaitPush(
                    push("production", "f".repeat(40), baseline, Duration.ofMinutes(10))));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.UNAVAILABLE);
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).startsWith("Railway has not answered for");
  }

  private List<String> baseline(String environment) {
    return railway.readEnvironment(query(environment)).service("backend").orElseThrow().recent();
  }

  private PushOrder push(String environment, String commit, List<String> baseline, Duration limit) {
    return new PushOrder(
        PROJECT,
        sandbox.projectId(),
        sandbox.environmentId(environment),
        sandbox.serviceId("backend"),
        "backend",
        commit,
        baseline,
        limit,
        Duration.ofMillis(200),
        Duration.ofMillis(300),
        POLL,
        null);
  }

  @Test
  void findsANewDeploymentThatTheBaselineLacks() {
    List<String> baseline =
        railway.readEnvironment(query("production")).service("backend").orElseThrow().recent();

    String made = deploy("production", head("staging"));

    assertThat(
            railway
                .recentDeployments(
                    new RecentQuery(
                        PROJECT,
                        sandbox.projectId(),
                        sandbox.environmentId("production"),
                        sandbox.serviceId("backend"),
                        "backend",
                        null))
                .deployments())
        .filteredOn(deployment -> !baseline.contains(deployment.id()))
        .singleElement()
        .satisfies(
            deployment -> {
              assertThat(deployment.id()).isEqualTo(made);
              assertThat(deployment.revision()).isEqualTo(head("staging"));
            });
    await(made, Duration.ofSeconds(10));
  }

  @Test
  void waitsUntilTheDeploymentIsActiveThroughFailingReads() {
    String id = deploy("production", head("staging"));
    sandbox.faults().add(Faults.Rule.of("deployment", Fault.SERVER_ERROR).times(2));

    DeploymentEnd end = await(id, Duration.ofSeconds(10));

    assertThat(end.timedOut()).isFalse();
    assertThat(end.last().status()).isEqualTo(Status.ACTIVE);
    assertThat(end.last().revision()).isEqualTo(head("staging"));
  }

  @Test
  void saysWhyADeploymentFailed() {
    String broken =
        sandbox.pushRelease(
            "broken",
            Map.of("backend/sandbox.toml", "build = \"fail\"\n".getBytes(StandardCharsets.UTF_8)),
            "A release that does not build");

    DeploymentEnd end = await(deploy("production", broken), Duration.ofSeconds(10));

    assertThat(end.last().status()).isEqualTo(Status.FAILED);
    assertThat(end.detail()).isNotBlank();
  }

  @Test
  void endsWithWhatWasLastSeenWhenTheLimitHasPassed() {
    String slow =
        sandbox.pushRelease(
            "slow",
            Map.of("backend/sandbox.toml", "build = \"20s\"\n".getBytes(StandardCharsets.UTF_8)),
            "A release that builds for long");

    DeploymentEnd end = await(deploy("production", slow), Duration.ofMillis(200));

    assertThat(end.timedOut()).isTrue();
    assertThat(end.last().status()).isEqualTo(Status.IN_PROGRESS);
  }

  @Test
  void goesOnWaitingFromWhereADeadWorkerBegan() {
    String slow =
        sandbox.pushRelease(
            "slower",
            Map.of("backend/sandbox.toml", "build = \"20s\"\n".getBytes(StandardCharsets.UTF_8)),
            "Another release that builds for long");
    String id = deploy("production", slow);
    engine.setHeartbeatDetails(
        new Progress(Instant.now().minus(Duration.ofMinutes(20)), "BUILDING", null, null));

    DeploymentEnd end = await(id, Duration.ofMinutes(20));

    assertThat(end.timedOut()).isTrue();
    assertThat(calls("deployment")).isEqualTo(1);
  }

  @Test
  void removesATriggerAndTakesAMissingOneForRemoved() {
    TriggerOrder order = removal();

    railway.removeTrigger(order);
    railway.removeTrigger(order);

    assertThat(effects("deploymentTriggerDelete")).isGreaterThanOrEqualTo(1);
    assertThat(triggers()).doesNotContain(order.triggerId());
  }

  @Test
  void takesARefusalForRemovedOnlyWhereTheTriggerIsSeenToBeGone() {
    TriggerOrder order = removal();
    refuseTheRemoval();

    assertThat(typeOf(() -> railway.removeTrigger(order))).isEqualTo(FailureType.REJECTED);
    assertThat(triggers()).contains(order.triggerId());

    railway.removeTrigger(order);
    refuseTheRemoval();
    railway.removeTrigger(order);

    assertThat(triggers()).doesNotContain(order.triggerId());
  }

  private TriggerOrder removal() {
    String id = sandbox.railway().createTrigger("production", "frontend", "production", false).id();
    return new TriggerOrder(PROJECT, sandbox.projectId(), "production", id);
  }

  /** As Railway refuses both a trigger that is gone and one that the token may not touch. */
  private void refuseTheRemoval() {
    sandbox
        .faults()
        .add(Faults.Rule.of("deploymentTriggerDelete", Fault.ERRORS).saying("Not Authorized"));
  }

  private List<String> triggers() {
    return railway.readEnvironment(query("production")).services().stream()
        .flatMap(service -> service.triggers().stream())
        .map(trigger -> trigger.id())
        .toList();
  }

  @Test
  void readsTheTriggersOfTheSecondPage() {
    for (int i = 0; i < 101; i++) {
      sandbox.railway().createTrigger("production", "frontend", "branch-" + i, false);
    }

    assertThat(triggers()).hasSizeGreaterThanOrEqualTo(101).doesNotHaveDuplicates();
    assertThat(calls("environment")).isEqualTo(1);
  }

  @Test
  void findsOutThatItsTokenIsAProjectsOwn() {
    RailwayClient client =
        new RailwayClient(
            URI.create(sandbox.railwayUrl()),
            new Secret(sandbox.projectToken("production")),
            Clock.systemUTC());
    long before = calls("projectToken");

    assertThat(client.credential().header()).isEqualTo("Project-Access-Token");
    assertThat(client.credential().header()).isEqualTo("Project-Access-Token");
    assertThat(calls("projectToken") - before).isEqualTo(1);
  }

  @Test
  void readsTheStatusesThatRailwayHas() {
    assertThat(Statuses.of("SLEEPING")).isEqualTo(Status.ACTIVE);
    assertThat(Statuses.of("WAITING")).isEqualTo(Status.IN_PROGRESS);
    assertThat(Statuses.of("INVENTED_LATER")).isEqualTo(Status.UNKNOWN);
    assertThat(Statuses.ended(Status.UNKNOWN)).isFalse();
    assertThat(
            new RailwayDeployment(
                    "d",
                    "s",
                    "SUCCESS",
                    null,
                    null,
                    true,
                    false,
                    JsonNodeFactory.instance.objectNode().put("commitHash", ""))
                .revision())
        .isNull();
  }
}
