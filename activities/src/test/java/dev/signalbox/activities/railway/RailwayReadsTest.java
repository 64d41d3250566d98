package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.railway.DeploymentWatch.Progress;
import dev.signalbox.activities.railway.RailwayEnvironment.Domain;
import dev.signalbox.activities.railway.RailwayEnvironment.DomainStatus;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(value = OnSandbox.LOG_OF_EVENTS, mode = ResourceAccessMode.READ)
class RailwayReadsTest extends RailwayHouse {
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
  void asksOnceForTheEnvironmentsOfOneLookAndAnewForTheNext() {
    int calls = sandbox.journal().last();

    EnvironmentState production = railway.readEnvironment(query("production", "look-1"));
    EnvironmentState staging = railway.readEnvironment(query("staging", "look-1"));
    int afterOneLook = sandbox.journal().last();
    railway.readEnvironment(query("staging", "look-2"));

    assertThat(afterOneLook).isEqualTo(calls + 1);
    assertThat(sandbox.journal().last()).isEqualTo(calls + 2);
    assertThat(production.environmentId()).isEqualTo(sandbox.environmentId("production"));
    assertThat(staging.environmentId()).isEqualTo(sandbox.environmentId("staging"));
  }

  private EnvironmentQuery query(String environment, String look) {
    EnvironmentQuery alone = query(environment);
    return new EnvironmentQuery(
        alone.project(),
        alone.railwayProject(),
        environment,
        alone.services(),
        alone.token(),
        false,
        false,
        null,
        look);
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

    await(deploy("production", head("main")));

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
    await(made);
  }

  @Test
  void waitsUntilTheDeploymentIsActiveThroughFailingReads() {
    String id = deploy("production", head("staging"));
    sandbox.faults().add(Faults.Rule.of("deployment", Fault.SERVER_ERROR).times(2));

    DeploymentEnd end = await(id);

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

    DeploymentEnd end = await(deploy("production", broken));

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
  void asksAtTheServiceDomainWhileACustomOneIsNotVerified() throws Exception {
    String added =
        variables()
            .mutate(
                "mutation($input: CustomDomainCreateInput!) {"
                    + " customDomainCreate(input: $input) { id } }",
                Map.of(
                    "input",
                    Map.of(
                        "projectId",
                        sandbox.projectId(),
                        "environmentId",
                        sandbox.environmentId("staging"),
                        "serviceId",
                        sandbox.serviceId("backend"),
                        "domain",
                        "api.example.test")));

    EnvironmentState staging = railway.readEnvironment(query("staging"));

    variables()
        .mutate(
            "mutation($id: String!) { customDomainDelete(id: $id) }",
            Map.of(
                "id",
                JsonHttp.mapper().readTree(added).at("/data/customDomainCreate/id").asText()));
    assertThat(staging.service("backend").orElseThrow().url())
        .isEqualTo(sandbox.serviceUrl("staging", "backend"));
    assertThat(leadsHere(true, "CERTIFICATE_STATUS_TYPE_ISSUING")).isTrue();
    assertThat(leadsHere(false, "CERTIFICATE_STATUS_TYPE_VALID")).isTrue();
    assertThat(leadsHere(false, "CERTIFICATE_STATUS_TYPE_ISSUING")).isFalse();
  }

  private static boolean leadsHere(boolean verified, String certificate) {
    return new Domain("api.example.test", new DomainStatus(verified, certificate)).leadsHere();
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
