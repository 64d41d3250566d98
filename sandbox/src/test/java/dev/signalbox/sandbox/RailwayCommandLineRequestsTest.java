package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What Railway's command line 5.71.0 was seen to send, document by document, with explicit nulls
 * where it leaves something out. The program itself is run by {@link RailwayCommandLineTest}.
 */
class RailwayCommandLineRequestsTest extends SandboxTest {
  private static final String STAGING = "staging";
  private static final String BACKEND = "backend";

  private JsonNode send(String operation, Object... variables) {
    return trySend(operation, variables).data();
  }

  private Client.Answer trySend(String operation, Object... variables) {
    Map<String, Object> named = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      named.put((String) variables[i], variables[i + 1]);
    }
    Map<String, Object> body = new HashMap<>();
    body.put("query", document(operation));
    body.put("variables", variables.length == 0 ? null : named);
    body.put("operationName", operation);
    return client.call("POST", sandbox.railwayUrl(), body);
  }

  private static String document(String operation) {
    String name = "railwaycli/" + operation + ".graphql";
    try (InputStream resource = RailwayCommandLineRequestsTest.class.getResourceAsStream(name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode backend(String environment) {
    JsonNode edges =
        send(
                "EnvironmentInstances",
                "environmentId",
                sandbox.environmentId(environment),
                "projectId",
                sandbox.projectId(),
                "serviceInstancesFirst",
                500,
                "serviceInstancesAfter",
                null,
                "volumeInstancesFirst",
                500,
                "volumeInstancesAfter",
                null)
            .at("/environment/serviceInstances/edges");
    for (JsonNode edge : edges) {
      if (edge.at("/node/serviceName").asText().equals(BACKEND)) {
        return edge.get("node");
      }
    }
    throw new AssertionError("no backend in " + environment);
  }

  private String latest() {
    return sandbox.railway().deployments(STAGING, BACKEND).get(0).id();
  }

  private Map<String, String> variables() {
    JsonNode shown = send("VariablesForServiceDeployment", here());
    Map<String, String> variables = new HashMap<>();
    shown
        .get("variablesForServiceDeployment")
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
    return variables;
  }

  private Object[] here(Object... more) {
    Object[] all = new Object[6 + more.length];
    all[0] = "projectId";
    all[1] = sandbox.projectId();
    all[2] = "environmentId";
    all[3] = sandbox.environmentId(STAGING);
    all[4] = "serviceId";
    all[5] = sandbox.serviceId(BACKEND);
    System.arraycopy(more, 0, all, 6, more.length);
    return all;
  }

  @Test
  void saysWhoIsLoggedInAndWhatTheyOwn() {
    String workspaces = "/me/workspaces/0";

    assertThat(send("UserMeta").at("/me/email").asText()).contains("@");
    JsonNode projects = send("UserProjects");
    String workspace = projects.at(workspaces + "/id").asText();
    assertThat(projects.at(workspaces + "/projects/edges/0/node/name").asText())
        .isEqualTo("inspector");
    assertThat(projects.at("/externalWorkspaces").isArray()).isTrue();
    assertThat(send("ProjectFavorites", "workspaceId", workspace).at("/projectFavorites"))
        .isEmpty();
  }

  @Test
  void showsTheProjectWithItsEnvironmentsAndServices() {
    JsonNode project = send("Project", "id", sandbox.projectId()).get("project");

    assertThat(project.at("/environments/edges").findValuesAsText("name"))
        .containsExactly("staging", "production");
    assertThat(project.at("/services/edges").findValuesAsText("name"))
        .containsExactly("backend", "frontend");
    assertThat(project.at("/workspace/name").asText()).isNotBlank();
    assertThat(send("Regions", "projectId", null).at("/regions/0/name").asText()).isNotBlank();
  }

  @Test
  void showsWhatRunsInAnEnvironmentWithoutANullWhereTheClientTakesNone() {
    JsonNode backend = backend(STAGING);

    assertThat(backend.at("/latestDeployment/id").asText()).isEqualTo(latest());
    assertThat(backend.at("/latestDeployment/canRedeploy").asBoolean()).isTrue();
    assertThat(backend.at("/latestDeployment/meta/commitHash").asText()).isEqualTo(staged());
    assertThat(backend.at("/latestDeployment/instances/0/status").asText()).isEqualTo("RUNNING");
    assertThat(backend.get("tracingEnabled").isBoolean()).isTrue();
    assertThat(backend.get("autoInstrumentationEnabled").isBoolean()).isTrue();
    assertThat("http://" + backend.at("/domains/serviceDomains/0/domain").asText())
        .isEqualTo(sandbox.serviceUrl(STAGING, BACKEND));
  }

  @Test
  void setsListsAndDeletesVariables() {
    send(
        "VariableCollectionUpsert",
        here("variables", Map.of("COLOUR", "green"), "skipDeploys", null));

    assertThat(variables())
        .containsEntry("COLOUR", "green")
        .containsEntry("RAILWAY_SERVICE_NAME", BACKEND);
    client.await(latest(), "SUCCESS");
    assertThat(environmentOfProcess().path("COLOUR").asText()).isEqualTo("green");

    send("VariableDelete", here("name", "COLOUR"));

    assertThat(variables()).doesNotContainKey("COLOUR");
    var deed = sandbox.journal().entries().get(sandbox.journal().last() - 2);
    assertThat(deed.operation()).isEqualTo("variableDelete");
    assertThat(deed.changedState()).isTrue();
    assertThat(deed.target()).isEqualTo(new Target(STAGING, BACKEND, null, "COLOUR"));
  }

  private JsonNode environmentOfProcess() {
    return client.get(sandbox.serviceUrl(STAGING, BACKEND) + "/env").json();
  }

  @Test
  void changesNothingByAVariableThatIsSoAlready() {
    Object[] same = here("variables", Map.of("A", "1"), "skipDeploys", true);
    send("VariableCollectionUpsert", same);

    send("VariableCollectionUpsert", same);

    var entries = sandbox.journal().entries();
    assertThat(entries.get(0).changedState()).isTrue();
    assertThat(entries.get(1).changedState()).isFalse();
  }

  @Test
  void listsDeploymentsNewestFirst() {
    String old = latest();
    client.await(client.deploy(STAGING, BACKEND, null), "SUCCESS");
    Map<String, Object> input = new HashMap<>();
    input.put("projectId", sandbox.projectId());
    input.put("environmentId", sandbox.environmentId(STAGING));
    input.put("serviceId", sandbox.serviceId(BACKEND));
    input.put("includeDeleted", null);
    input.put("status", null);

    JsonNode edges = send("Deployments", "first", null, "input", input).at("/deployments/edges");

    assertThat(edges.findValuesAsText("id")).containsExactly(latest(), old);
    assertThat(edges.findValuesAsText("status")).containsExactly("SUCCESS", "REMOVED");
  }

  @Test
  void redeploysBuildingTheSameCommitAgain() {
    String old = latest();
    String image = client.deployment(old).at("/meta/imageDigest").asText();

    String id = send("DeploymentRedeploy", "id", old).at("/deploymentRedeploy/id").asText();

    JsonNode made = client.await(id, "SUCCESS");
    assertThat(made.at("/meta/commitHash").asText()).isEqualTo(staged());
    assertThat(made.at("/meta/imageDigest").asText()).isNotEqualTo(image);
  }

  @Test
  void redeploysFromSourceAtTheBranchesHeadOrAtACommit() {
    String first = sandbox.repository().resolve("main").orElseThrow();

    send("ServiceInstanceDeployCommit", here("commitSha", first));
    assertThat(client.await(latest(), "SUCCESS").at("/meta/commitHash").asText()).isEqualTo(first);
    send("ServiceInstanceDeployLatestCommit", here());

    assertThat(client.await(latest(), "SUCCESS").at("/meta/commitHash").asText())
        .isEqualTo(staged());
    assertThat(client.version(STAGING, BACKEND)).isEqualTo(staged());
  }

  @Test
  void restartsTheSameDeploymentInANewProcess() {
    String id = latest();

    send("DeploymentRestart", "id", id);

    client.await(id, "SUCCESS");
    assertThat(latest()).isEqualTo(id);
    JsonNode lines = logs(id);
    assertThat(lines.findValuesAsText("message")).contains("Restarting");
    assertThat(client.version(STAGING, BACKEND)).isEqualTo(staged());
  }

  private JsonNode logs(String id) {
    return send(
            "DeploymentLogs",
            "deploymentId",
            id,
            "limit",
            50,
            "filter",
            null,
            "startDate",
            null,
            "endDate",
            null)
        .get("deploymentLogs");
  }

  @Test
  void takesAServiceDown() {
    String id = latest();

    send("DeploymentRemove", "id", id);

    assertThat(client.deployment(id).get("status").asText()).isEqualTo("REMOVED");
    assertThat(client.get(sandbox.serviceUrl(STAGING, BACKEND)).status()).isEqualTo(404);
    assertThat(backend(STAGING).get("activeDeployments")).isEmpty();
  }

  @Test
  void logsWhatTheRunningProcessSays() {
    client.get(sandbox.serviceUrl(STAGING, BACKEND) + "/asked/for/this");

    JsonNode lines = logs(latest());

    assertThat(lines.findValuesAsText("message")).contains("GET /asked/for/this 200");
    assertThat(lines.at("/0/message").asText()).startsWith("Listening on port");
    assertThat(lines.at("/0/attributes/0/key").asText()).isEqualTo("level");
  }

  @Test
  void findsABuildsLogByItsSnapshot() {
    String id = send("DeploymentRedeploy", "id", latest()).at("/deploymentRedeploy/id").asText();
    client.await(id, "SUCCESS");
    JsonNode status = send("DeploymentStatus", "id", id).get("deployment");
    String snapshot = status.get("snapshotId").asText();

    JsonNode lines =
        send(
                "EnvironmentLogs",
                "environmentId",
                status.get("environmentId").asText(),
                "filter",
                "(@snapshot:" + snapshot + " OR @replica:" + snapshot + ")",
                "beforeLimit",
                1,
                "beforeDate",
                sandbox.clock().now().minusSeconds(60).toString(),
                "anchorDate",
                sandbox.clock().now().toString(),
                "afterDate",
                sandbox.clock().now().toString(),
                "afterLimit",
                0)
            .get("environmentLogs");

    assertThat(lines).hasSize(1);
    assertThat(lines.at("/0/message").asText()).startsWith("Image sha256:");
  }

  @Test
  void listsTheDomainsOfAService() {
    JsonNode domains = send("Domains", here()).at("/domains");

    assertThat(domains.at("/serviceDomains/0/syncStatus").asText()).isEqualTo("ACTIVE");
    assertThat(domains.get("customDomains")).isEmpty();
  }

  @Test
  void makesListsAndDeletesAnEmptyEnvironment() {
    String id = create("shadow");

    assertThat(environments()).containsExactly("staging", "production", "shadow");
    send("EnvironmentDelete", "id", id);

    assertThat(environments()).containsExactly("staging", "production");
    assertThat(trySend("EnvironmentDelete", "id", id).error()).isEqualTo("Environment not found");
  }

  private String create(String name) {
    return send(
            "EnvironmentCreate",
            "projectId",
            sandbox.projectId(),
            "name",
            name,
            "sourceId",
            null,
            "applyChangesInBackground",
            null)
        .at("/environmentCreate/id")
        .asText();
  }

  private List<String> environments() {
    return send(
            "Environments",
            "projectId",
            sandbox.projectId(),
            "isEphemeral",
            null,
            "first",
            500,
            "after",
            null)
        .at("/environments/edges")
        .findValuesAsText("name");
  }

  @Test
  void fillsAnEnvironmentByThePatchOfAnothersConfiguration() {
    send(
        "VariableCollectionUpsert",
        here("variables", Map.of("COLOUR", "green"), "skipDeploys", true));
    String copy = create("copy");
    JsonNode config =
        send("GetEnvironmentConfig", "id", sandbox.environmentId(STAGING), "decryptVariables", true)
            .at("/environment/config");

    send("EnvironmentPatchCommit", "environmentId", copy, "patch", config, "commitMessage", null);

    JsonNode live =
        Eventually.see(
            () -> backend("copy"),
            seen -> seen.at("/latestDeployment/status").asText().equals("SUCCESS"));
    assertThat(live.at("/latestDeployment/meta/commitHash").asText()).isEqualTo(staged());
    var process = client.get(sandbox.serviceUrl("copy", BACKEND) + "/env").json();
    assertThat(process.get("COLOUR").asText()).isEqualTo("green");
    assertThat(process.get("RAILWAY_ENVIRONMENT_NAME").asText()).isEqualTo("copy");
  }

  @Test
  void hidesValuesWhereTheyWereNotAskedFor() {
    send(
        "VariableCollectionUpsert",
        here("variables", Map.of("COLOUR", "green"), "skipDeploys", true));

    String shown =
        send(
                "GetEnvironmentConfig",
                "id",
                sandbox.environmentId(STAGING),
                "decryptVariables",
                false)
            .toString();

    assertThat(shown).contains("COLOUR").doesNotContain("green");
  }

  @Test
  void knowsAProjectTokensEnvironment() {
    client.with("project-access-token", sandbox.projectToken(STAGING));

    assertThat(send("ProjectToken").at("/projectToken/environment/name").asText())
        .isEqualTo(STAGING);
  }

  @Test
  void countsTheRequestsThatCame() {
    client.get(sandbox.serviceUrl(STAGING, BACKEND) + "/once");

    JsonNode metrics =
        send(
                "Metrics",
                "environmentId",
                sandbox.environmentId(STAGING),
                "serviceId",
                sandbox.serviceId(BACKEND),
                "projectId",
                null,
                "startDate",
                sandbox.clock().now().minusSeconds(3600).toString(),
                "endDate",
                null,
                "measurements",
                List.of("NETWORK_TX_GB", "CPU_USAGE"),
                "sampleRateSeconds",
                30,
                "groupBy",
                null)
            .get("metrics");

    assertThat(metrics.at("/0/values/0/value").asDouble()).isPositive();
    assertThat(metrics.at("/0/tags/serviceId").asText()).isEqualTo(sandbox.serviceId(BACKEND));
    JsonNode requests =
        send(
                "HttpLogs",
                "deploymentId",
                latest(),
                "beforeLimit",
                3,
                "beforeDate",
                null,
                "anchorDate",
                null,
                "afterDate",
                null,
                "afterLimit",
                null,
                "filter",
                null)
            .get("httpLogs");
    assertThat(requests.at("/0/path").asText()).isEqualTo("/once");
    assertThat(requests.at("/0/httpStatus").asInt()).isEqualTo(200);
  }
}
