package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What Railway's command line 5.71.0 was seen to send, document by document, with explicit nulls
 * where it leaves something out. The program itself is run by {@link RailwayCommandLineTest}.
 */
class RailwayCommandLineRequestsTest extends RailwayCommandLineHouse {
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
