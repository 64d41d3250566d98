package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tomlj.Toml;

/** Production lives in a Railway project of its own. */
class TwoProjectsTest extends SandboxTest {
  private static final String LIVE = "inspector-live";
  private static final String ENVIRONMENT =
      "query($e: String!) { environment(id: $e) { projectId name } }";
  private static final String CREATE =
      "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id projectId } }";

  @Override
  SandboxSettings settings() {
    return super.settings()
        .withEnvironments(
            List.of(
                new EnvironmentSettings("staging", "staging", true),
                new EnvironmentSettings("production", "main", true).in(LIVE)));
  }

  private String live() {
    return sandbox.projectId("production");
  }

  private static List<String> texts(JsonNode from, String name) {
    return from.findValuesAsText(name);
  }

  private JsonNode project(String id) {
    return client
        .ask(
            "query($id: String!) { project(id: $id) { name primaryEnvironmentId"
                + " environments { edges { node { name } } }"
                + " services { edges { node { id serviceInstances { edges { node {"
                + " environmentId } } } } } } } }",
            Map.of("id", id))
        .data()
        .get("project");
  }

  @Test
  void showsTheAccountBothProjects() {
    String names = "{ edges { node { id name environments { edges { node { name } } } } } }";
    JsonNode listed =
        client.ask("{ projects(workspaceId: \"workspace\") " + names + " }").data().get("projects");
    JsonNode mine = client.ask("{ me { workspaces { projects " + names + " } } }").data();

    assertThat(texts(listed, "id")).containsExactly(sandbox.projectId(), live());
    assertThat(texts(listed, "name"))
        .containsExactly("inspector", "staging", LIVE, "production")
        .isEqualTo(texts(mine, "name"));
  }

  @Test
  void answersOfEachProjectOnlyWhatBelongsToIt() {
    JsonNode main = project(sandbox.projectId());
    JsonNode other = project(live());

    assertThat(texts(main.get("environments"), "name")).containsExactly("staging");
    assertThat(texts(other.get("environments"), "name")).containsExactly("production");
    assertThat(other.get("primaryEnvironmentId").asText())
        .isEqualTo(sandbox.environmentId("production"));
    assertThat(texts(other.get("services"), "environmentId"))
        .containsOnly(sandbox.environmentId("production"));
    assertThat(texts(main.get("services"), "id"))
        .hasSize(2)
        .doesNotContainAnyElementsOf(texts(other.get("services"), "id"));
  }

  @Test
  void findsNothingWhereTwoProjectsAreMixed() {
    Map<String, String> mixed = new HashMap<>();
    mixed.put("p", sandbox.projectId());
    mixed.put("e", sandbox.environmentId("production"));
    mixed.put("s", sandbox.serviceId("staging", "backend"));

    String instance =
        "query($e: String!, $s: String!) {"
            + " serviceInstance(environmentId: $e, serviceId: $s) { id } }";
    String variables =
        "query($p: String!, $e: String!) { variables(projectId: $p, environmentId: $e) }";
    String deployments =
        "query($p: String!, $e: String!) { deployments(input: {projectId: $p, environmentId: $e})"
            + " { edges { node { id } } } }";
    assertThat(client.ask(instance, mixed).error()).isEqualTo("ServiceInstance not found");
    assertThat(client.ask(variables, mixed).error()).isEqualTo("Environment not found");
    assertThat(client.ask(deployments, mixed).error()).isEqualTo("Environment not found");
  }

  @Test
  void answersQuestionsAboutBothInOneRequest() {
    JsonNode data =
        client
            .ask(
                "query($a: String!, $b: String!) { one: environment(id: $a) { projectId }"
                    + " other: environment(id: $b) { projectId } }",
                Map.of(
                    "a",
                    sandbox.environmentId("staging"),
                    "b",
                    sandbox.environmentId("production")))
            .data();

    assertThat(data.at("/one/projectId").asText()).isEqualTo(sandbox.projectId());
    assertThat(data.at("/other/projectId").asText()).isEqualTo(live());
  }

  @Test
  void letsAProjectTokenReachItsOwnProjectAlone() {
    client.with("Project-Access-Token", sandbox.projectToken("production"));

    JsonNode token =
        client
            .ask(
                "{ projectToken { projectId project { workspace { projects { edges { node {"
                    + " name } } } } } } }")
            .data()
            .get("projectToken");
    assertThat(token.get("projectId").asText()).isEqualTo(live());
    assertThat(texts(token, "name")).containsExactly(LIVE);
    assertThat(texts(project(live()), "name")).contains("production");
    assertThat(
            client
                .ask(
                    "query($id: String!) { project(id: $id) { name } }",
                    Map.of("id", sandbox.projectId()))
                .error())
        .isEqualTo("Not Authorized");
    assertThat(
            client
                .ask(
                    "query($id: String!) { service(id: $id) { name } }",
                    Map.of("id", sandbox.serviceId("staging", "backend")))
                .error())
        .isEqualTo("Not Authorized");
    assertThat(client.ask(ENVIRONMENT, Map.of("e", sandbox.environmentId("staging"))).error())
        .isEqualTo("Not Authorized");
  }

  @Test
  void deploysOnPushAndTellsTheProcessWhereItRuns() {
    String pushed = release("main", "start = \"10ms\"");

    Eventually.see(() -> client.version("production", "backend"), pushed::equals);
    JsonNode process = client.get(sandbox.serviceUrl("production", "backend") + "/env").json();
    assertThat(process.get("RAILWAY_PROJECT_ID").asText()).isEqualTo(live());
    assertThat(process.get("RAILWAY_PROJECT_NAME").asText()).isEqualTo(LIVE);
    assertThat(process.get("RAILWAY_SERVICE_ID").asText())
        .isEqualTo(sandbox.serviceId("production", "backend"));
    assertThat(sandbox.journal().entries()).isEmpty();
  }

  @Test
  void namesWhatACallWasAboutInTheJournal() {
    String id = client.deploy("production", "backend", staged());
    client.deployment(id);

    assertThat(sandbox.journal().entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.target().environment()).isEqualTo("production");
              assertThat(entry.target().service()).isEqualTo("backend");
            });
  }

  @Test
  void answersAStaleReadOfEitherProject() {
    String before = client.activeId("production", "backend");
    client.await(client.deploy("production", "backend", staged()), "SUCCESS");
    sandbox.faults().add(Faults.Rule.of("serviceInstance", Fault.STALE));

    assertThat(client.activeId("production", "backend")).isEqualTo(before);
  }

  @Test
  void makesAnEnvironmentThatAnotherProjectHasTheNameOf() {
    Map<String, String> wanted =
        Map.of(
            "projectId",
            live(),
            "name",
            "staging",
            "sourceEnvironmentId",
            sandbox.environmentId("production"));

    JsonNode made = client.ask(CREATE, Map.of("i", wanted)).data().get("environmentCreate");

    assertThat(made.get("projectId").asText()).isEqualTo(live());
    JsonNode environments = client.control("GET", "/state", null).json().get("environments");
    assertThat(environments.at("/staging/id").asText()).isEqualTo(sandbox.environmentId("staging"));
    assertThat(environments.path("staging@" + live()).path("id").asText())
        .isEqualTo(made.get("id").asText());
    assertThat(
            client
                .ask(CREATE, Map.of("i", Map.of("projectId", sandbox.projectId(), "name", "more")))
                .error())
        .startsWith("You are creating environments too quickly");
  }

  @Test
  void tellsARuleOfItsOwnProjectAlone() throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          JsonNode resource = Client.JSON.readTree(exchange.getRequestBody()).get("resource");
          heard.add(exchange.getRequestURI() + " " + resource.at("/project/name").asText());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort();
      hear(url + "/main", sandbox.projectId());
      hear(url + "/live", live());
      hear(url + "/all", null);

      client.deploy("production", "backend", staged());
      client.deploy("staging", "backend", staged());

      Eventually.see(
          () -> heard,
          seen ->
              seen.containsAll(
                  List.of("/main inspector", "/live " + LIVE, "/all inspector", "/all " + LIVE)));
      assertThat(heard).doesNotContain("/main " + LIVE, "/live inspector");
    } finally {
      receiver.stop(0);
    }
  }

  private void hear(String url, String project) {
    Map<String, Object> rule = new HashMap<>();
    rule.put("workspaceId", "workspace");
    rule.put("projectId", project);
    rule.put("eventTypes", List.of("Deployment.queued"));
    rule.put("channelConfigs", List.of(Map.of("type", "webhook", "url", url)));
    client
        .ask(
            "mutation($i: CreateNotificationRuleInput!) {"
                + " notificationRuleCreate(input: $i) { id } }",
            Map.of("i", rule))
        .data();
  }

  @Test
  void saysInTheReadyLineAndTheStateWhatLivesWhere() throws IOException {
    JsonNode ready = Client.JSON.readTree(sandbox.readyLine());
    JsonNode state = client.control("GET", "/state", null).json();

    assertThat(ready.at("/railway/projectId").asText()).isEqualTo(sandbox.projectId());
    assertThat(ready.at("/railway/projects"))
        .isEqualTo(state.get("projects"))
        .extracting(project -> project.get("name").asText())
        .containsExactly("inspector", LIVE);
    for (JsonNode shown : List.of(ready, state)) {
      assertThat(shown.at("/environments/staging/projectId").asText())
          .isEqualTo(sandbox.projectId());
      assertThat(shown.at("/environments/production/projectId").asText()).isEqualTo(live());
      assertThat(shown.at("/environments/production/services/backend/id").asText())
          .isEqualTo(sandbox.serviceId("production", "backend"));
    }
  }

  @Test
  void writesTheProjectOfTheEnvironmentThatLivesElsewhere(@TempDir Path directory)
      throws IOException {
    sandbox.write(directory);

    var toml = Toml.parse(directory.resolve("signalbox.toml"));
    assertThat(toml.getString("project.railway")).isEqualTo(sandbox.projectId());
    assertThat(toml.getString("environments.production.railway")).isEqualTo(live());
    assertThat(toml.contains("environments.staging.railway")).isFalse();
  }
}
