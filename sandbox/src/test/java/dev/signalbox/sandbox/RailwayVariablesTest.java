package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RailwayVariablesTest extends SandboxTest {
  private static final String SET =
      "mutation($i: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $i) }";

  private void set(String service, Map<String, String> variables, boolean skipDeploys) {
    Map<String, Object> input = new HashMap<>(here());
    input.put("serviceId", service == null ? null : sandbox.serviceId(service));
    input.put("variables", variables);
    input.put("skipDeploys", skipDeploys);
    client.ask(SET, Map.of("i", input)).data();
  }

  private Map<String, String> here() {
    return Map.of(
        "projectId", sandbox.projectId(), "environmentId", sandbox.environmentId("production"));
  }

  private JsonNode read(String service, boolean unrendered) {
    Map<String, Object> variables = new HashMap<>(here());
    variables.put("s", sandbox.serviceId(service));
    variables.put("u", unrendered);
    return client
        .ask(
            "query($projectId: String!, $environmentId: String!, $s: String, $u: Boolean) {"
                + " variables(projectId: $projectId, environmentId: $environmentId,"
                + " serviceId: $s, unrendered: $u) }",
            variables)
        .data()
        .get("variables");
  }

  private String latest() {
    return sandbox.railway().deployments("production", "backend").get(0).id();
  }

  private JsonNode process() {
    return client.get(sandbox.serviceUrl("production", "backend") + "/env").json();
  }

  @Test
  void resolvesOwnSharedAndOtherServicesVariables() {
    set(null, Map.of("REGION", "north"), true);
    set("frontend", Map.of("URL", "http://${{RAILWAY_PUBLIC_DOMAIN}}"), true);
    set(
        "backend",
        Map.of("NAME", "b", "TEXT", "${{NAME}} in ${{ shared.REGION }} for ${{frontend.URL}}"),
        true);

    assertThat("http://" + sandbox.serviceUrl("production", "frontend").substring(7))
        .isEqualTo(read("frontend", false).get("URL").asText());
    assertThat(read("backend", false).get("TEXT").asText())
        .isEqualTo("b in north for " + sandbox.serviceUrl("production", "frontend"));
    assertThat(read("backend", true).get("TEXT").asText())
        .isEqualTo("${{NAME}} in ${{ shared.REGION }} for ${{frontend.URL}}");
  }

  @Test
  void findsNothingInACircleOrBehindAnUnknownName() {
    set("backend", Map.of("A", "a${{B}}", "B", "b${{A}}", "C", "c${{nobody.X}}"), true);

    JsonNode seen = read("backend", false);

    assertThat(seen.get("A").asText()).isEqualTo("ab");
    assertThat(seen.get("C").asText()).isEqualTo("c");
  }

  @Test
  void redeploysTheSameImageWithThemUnlessToldNotTo() {
    String before = latest();
    set("backend", Map.of("A", "1"), true);
    assertThat(latest()).isEqualTo(before);

    set("backend", Map.of("A", "2"), false);

    JsonNode made = client.await(latest(), "SUCCESS");
    assertThat(made.at("/meta/imageDigest"))
        .isEqualTo(client.deployment(before).at("/meta/imageDigest"));
    assertThat(process().get("A").asText()).isEqualTo("2");
  }

  @Test
  void comeBackWithTheImageInARollback() {
    set("backend", Map.of("A", "old"), false);
    String good = latest();
    client.await(good, "SUCCESS");
    set("backend", Map.of("A", "new", "B", "1"), true);
    client.await(client.deploy("production", "backend", staged()), "SUCCESS");
    assertThat(process().get("A").asText()).isEqualTo("new");
    JsonNode snapshot =
        client
            .ask(
                "query($d: String!) { deploymentSnapshot(deploymentId: $d) { variables } }",
                Map.of("d", good))
            .data()
            .at("/deploymentSnapshot/variables");
    assertThat(snapshot.get("A").asText()).isEqualTo("old");

    client.ask("mutation($d: String!) { deploymentRollback(id: $d) }", Map.of("d", good)).data();

    client.await(latest(), "SUCCESS");
    assertThat(process().get("A").asText()).isEqualTo("old");
    assertThat(process().has("B")).isFalse();
    assertThat(read("backend", false).get("A").asText()).isEqualTo("old");
  }

  @Test
  void areTodaysWhenOnlyTheImageIsTakenAgain() {
    String good = latest();
    set("backend", Map.of("A", "today"), true);

    String id =
        client
            .ask(
                "mutation($d: String!) {"
                    + " deploymentRedeploy(id: $d, usePreviousImageTag: true) { id } }",
                Map.of("d", good))
            .data()
            .at("/deploymentRedeploy/id")
            .asText();

    client.await(id, "SUCCESS");
    assertThat(process().get("A").asText()).isEqualTo("today");
  }

  @Test
  void areListedWithoutTheirValuesAndSayWhichAreSealed() {
    client
        .ask(
            "mutation($e: String!, $p: EnvironmentConfig!) {"
                + " environmentPatchCommit(environmentId: $e, patch: $p) }",
            Map.of(
                "e",
                sandbox.environmentId("production"),
                "p",
                Map.of(
                    "services",
                    Map.of(
                        sandbox.serviceId("backend"),
                        Map.of(
                            "variables",
                            Map.of("SECRET", Map.of("value", "hidden", "isSealed", true)))))))
        .data();

    String listed =
        client
            .ask(
                "query($e: String!) { environment(id: $e) { config(decryptVariables: true)"
                    + " variables(first: 100) { edges { node { name isSealed serviceId } } } } }",
                Map.of("e", sandbox.environmentId("production")))
            .text();

    assertThat(listed).contains("\"name\":\"SECRET\",\"isSealed\":true").doesNotContain("hidden");
    assertThat(read("backend", false).has("SECRET")).isFalse();
    client.await(latest(), "SUCCESS");
    assertThat(process().get("SECRET").asText()).isEqualTo("hidden");
  }
}
