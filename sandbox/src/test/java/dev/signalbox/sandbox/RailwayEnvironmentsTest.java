package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RailwayEnvironmentsTest extends SandboxTest {
  private static final String CREATE =
      "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id name"
          + " isEphemeral sourceEnvironment { name } } }";
  private static final String PATCH =
      "mutation($e: String!, $p: EnvironmentConfig!) {"
          + " environmentPatchCommit(environmentId: $e, patch: $p) }";

  private Client.Answer create(String name, Map<String, ?> more) {
    Map<String, Object> input = new HashMap<>(more);
    input.put("projectId", sandbox.projectId());
    input.put("name", name);
    return client.ask(CREATE, Map.of("i", input));
  }

  private Client.Answer fork(String name) {
    return create(
        name,
        Map.of("sourceEnvironmentId", sandbox.environmentId("production"), "ephemeral", true));
  }

  private void patch(String environment, Map<String, ?> patch) {
    client.ask(PATCH, Map.of("e", sandbox.environmentId(environment), "p", patch)).data();
  }

  private void setInProduction(String name, Map<String, ?> variable) {
    patch(
        "production",
        Map.of(
            "services",
            Map.of(sandbox.serviceId("backend"), Map.of("variables", Map.of(name, variable)))));
  }

  private JsonNode process(String environment) {
    return client.get(sandbox.serviceUrl(environment, "backend") + "/env").json();
  }

  private void awaitLatest(String environment) {
    Eventually.see(
        () -> sandbox.railway().deployments(environment, "backend"),
        all -> !all.isEmpty() && all.get(0).status().name().equals("SUCCESS"));
  }

  @Test
  void forksAnEnvironmentThatRunsWhatItsSourceRuns() {
    JsonNode made = fork("shadow").data().get("environmentCreate");

    assertThat(made.get("isEphemeral").asBoolean()).isTrue();
    assertThat(made.at("/sourceEnvironment/name").asText()).isEqualTo("production");
    awaitLatest("shadow");
    assertThat(client.version("shadow", "backend"))
        .isEqualTo(client.version("production", "backend"));
    assertThat(sandbox.serviceUrl("shadow", "backend"))
        .isNotEqualTo(sandbox.serviceUrl("production", "backend"));
    assertThat(process("shadow").get("RAILWAY_ENVIRONMENT_NAME").asText()).isEqualTo("shadow");
  }

  @Test
  void copiesPlainAndReferenceVariablesButNoSealedOnes() {
    setInProduction("PLAIN", Map.of("value", "verbatim"));
    setInProduction("WHERE", Map.of("value", "${{frontend.RAILWAY_ENVIRONMENT_NAME}}"));
    setInProduction("SECRET", Map.of("value", "hidden", "isSealed", true));
    awaitLatest("production");
    assertThat(process("production").get("SECRET").asText()).isEqualTo("hidden");

    fork("shadow").data();

    awaitLatest("shadow");
    assertThat(process("shadow").get("PLAIN").asText()).isEqualTo("verbatim");
    assertThat(process("shadow").get("WHERE").asText()).isEqualTo("shadow");
    assertThat(process("shadow").has("SECRET")).isFalse();
  }

  @Test
  void leavesEveryServiceAloneWhenInitialDeploysAreSkipped() {
    create(
            "shadow",
            Map.of(
                "sourceEnvironmentId",
                sandbox.environmentId("production"),
                "skipInitialDeploys",
                true))
        .data();

    assertThat(sandbox.railway().deployments("shadow", "backend")).isEmpty();
    assertThat(client.get(sandbox.serviceUrl("shadow", "backend")).status()).isEqualTo(404);
  }

  @Test
  void allowsOneCreationInThirtySecondsAndMakesNothingBefore() {
    fork("one").data();

    Client.Answer refused = fork("two");

    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.error()).contains("too quickly").contains("30 seconds");
    assertThat(sandbox.journal().entries().get(1).changedState()).isFalse();
    client.control("POST", "/clock", Map.of("advance", "30s"));
    assertThat(fork("two").data().at("/environmentCreate/name").asText()).isEqualTo("two");
  }

  @Test
  void refusesANameThatIsTaken() {
    assertThat(fork("staging").error()).isEqualTo("An environment with that name already exists");
  }

  @Test
  void letsNoProjectTokenCreate() {
    client.with("Project-Access-Token", sandbox.projectToken("production"));

    assertThat(fork("shadow").error()).isEqualTo("Not Authorized");
  }

  @Test
  void keepsIdAndServicesWhenItIsRenamed() {
    String id = sandbox.environmentId("staging");
    String url = sandbox.serviceUrl("staging", "backend");

    client
        .ask(
            "mutation($id: String!) { environmentRename(id: $id, input: { name: \"test\" }) {"
                + " name } }",
            Map.of("id", id))
        .data();

    assertThat(sandbox.environmentId("test")).isEqualTo(id);
    assertThat(sandbox.serviceUrl("test", "backend")).isEqualTo(url);
    assertThat(client.version("test", "backend")).isEqualTo(staged());
    String next = release("staging", "");
    Eventually.see(() -> client.version("test", "backend"), next::equals);
  }

  @Test
  void takesEverythingWithItWhenItIsDeleted() {
    String url = sandbox.serviceUrl("staging", "backend");
    String id = sandbox.environmentId("staging");

    client.ask("mutation($id: String!) { environmentDelete(id: $id) }", Map.of("id", id)).data();

    assertThat(
            client
                .ask("query($id: String!) { environment(id: $id) { name } }", Map.of("id", id))
                .error())
        .isEqualTo("Environment not found");
    assertThat(sandbox.railway().triggers()).isEmpty();
    assertThatThrownBy(() -> client.get(url)).hasMessageContaining("connect");
  }

  @Test
  void deploysExactlyTheServicesThatAPatchChanges() {
    int backend = sandbox.railway().deployments("production", "backend").size();
    int frontend = sandbox.railway().deployments("production", "frontend").size();

    setInProduction("A", Map.of("value", "1"));
    setInProduction("A", Map.of("value", "1"));

    assertThat(sandbox.railway().deployments("production", "backend")).hasSize(backend + 1);
    assertThat(sandbox.railway().deployments("production", "frontend")).hasSize(frontend);
    String id = sandbox.railway().deployments("production", "backend").get(0).id();
    assertThat(client.deployment(id).at("/meta/patchId").asText()).isNotBlank();
    assertThat(sandbox.journal().entries().get(0).changedState()).isTrue();
    assertThat(sandbox.journal().entries().get(1).changedState()).isFalse();
  }

  @Test
  void commitsWhatWasStagedAndNotBefore() {
    Map<String, Object> staged =
        Map.of("sharedVariables", Map.of("REGION", Map.of("value", "north")));
    String production = sandbox.environmentId("production");
    client
        .ask(
            "mutation($e: String!, $p: EnvironmentConfig!) {"
                + " environmentStageChanges(environmentId: $e, input: $p) { status } }",
            Map.of("e", production, "p", staged))
        .data();
    assertThat(shared()).isEmpty();

    client
        .ask(
            "mutation($e: String!) { environmentPatchCommitStaged(environmentId: $e) }",
            Map.of("e", production))
        .data();

    assertThat(shared().get("REGION").asText()).isEqualTo("north");
  }

  private JsonNode shared() {
    return client
        .ask(
            "query($p: String!, $e: String!) { variables(projectId: $p, environmentId: $e) }",
            Map.of("p", sandbox.projectId(), "e", sandbox.environmentId("production")))
        .data()
        .get("variables");
  }

  @Test
  void givesAForkItsOwnVolumeAtTheSamePlace() {
    client
        .ask(
            "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }",
            Map.of(
                "i",
                Map.of(
                    "projectId",
                    sandbox.projectId(),
                    "environmentId",
                    sandbox.environmentId("production"),
                    "serviceId",
                    sandbox.serviceId("backend"),
                    "mountPath",
                    "/data")))
        .data();

    fork("shadow").data();

    JsonNode original = volume("production");
    JsonNode copy = volume("shadow");
    assertThat(copy.get("mountPath").asText()).isEqualTo("/data");
    assertThat(copy.get("sizeMB").asInt()).isEqualTo(50_000);
    assertThat(copy.get("volumeId")).isEqualTo(original.get("volumeId"));
    assertThat(copy.get("id")).isNotEqualTo(original.get("id"));
  }

  private JsonNode volume(String environment) {
    return client
        .ask(
            "query($e: String!) { environment(id: $e) { volumeInstances { edges { node {"
                + " id volumeId mountPath sizeMB state } } } } }",
            Map.of("e", sandbox.environmentId(environment)))
        .data()
        .at("/environment/volumeInstances/edges/0/node");
  }
}
