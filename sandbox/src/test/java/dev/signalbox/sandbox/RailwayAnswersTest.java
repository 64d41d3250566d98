package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RailwayAnswersTest extends SandboxTest {
  @Override
  SandboxSettings settings() {
    return super.settings().withRequestsPerHour(5);
  }

  @Test
  void refusesAWrongTokenInside200() {
    client.with("Authorization", "Bearer wrong");

    Client.Answer answer =
        client.ask("query($id: String!) { project(id: $id) { name } }", project());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.error()).isEqualTo("Not Authorized");
    assertThat(answer.json().get("data").isNull()).isTrue();
    assertThat(answer.json().at("/errors/0/traceId").asText()).matches("\\d{18,19}");
  }

  private Map<String, String> project() {
    return Map.of("id", sandbox.projectId());
  }

  @Test
  void letsAProjectTokenReachItsOwnEnvironmentAlone() {
    client.with("Project-Access-Token", sandbox.projectToken("staging"));

    String environment = "query($id: String!) { environment(id: $id) { name } }";
    assertThat(
            client
                .ask("{ projectToken { environmentId } }")
                .data()
                .at("/projectToken/environmentId")
                .asText())
        .isEqualTo(sandbox.environmentId("staging"));
    assertThat(client.ask(environment, Map.of("id", sandbox.environmentId("production"))).error())
        .isEqualTo("Not Authorized");
    assertThat(client.ask("{ me { name } }").error()).isEqualTo("Not Authorized");
  }

  @Test
  void answersAMistakeInTheDocumentWith400() {
    Client.Answer answer = client.ask("{ project { nonsense } }");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().has("data")).isFalse();
    assertThat(answer.json().at("/errors/0/extensions/code").asText())
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void answersSeveralRootFieldsOfOneRequest() {
    var data =
        client
            .ask(
                "query($a: String!, $b: String!) { one: environment(id: $a) { name }"
                    + " other: environment(id: $b) { name"
                    + " serviceInstances { edges { node { serviceName"
                    + " activeDeployments { status meta } } } }"
                    + " deploymentTriggers { edges { node { branch } } }"
                    + " variables { edges { node { name isSealed } } } } }",
                Map.of(
                    "a",
                    sandbox.environmentId("staging"),
                    "b",
                    sandbox.environmentId("production")))
            .data();

    assertThat(data.at("/one/name").asText()).isEqualTo("staging");
    assertThat(data.at("/other/serviceInstances/edges")).hasSize(2);
    assertThat(data.at("/other/deploymentTriggers/edges")).isEmpty();
    assertThat(sandbox.journal().entries()).hasSize(1);
  }

  @Test
  void takesNullForAVariableThatMayBeAbsent() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("id", sandbox.projectId());
    variables.put("first", null);

    var data =
        client
            .ask(
                "query($id: String!, $first: Int) { project(id: $id) {"
                    + " subscriptionType environments(first: $first) { edges { node { name } } }"
                    + " } }",
                variables)
            .data();

    assertThat(data.at("/project/environments/edges")).hasSize(2);
    assertThat(data.at("/project/subscriptionType").asText()).isEqualTo("pro");
  }

  @Test
  void pagesAsRelayDoes() {
    String query =
        "query($p: String!, $a: String) { environments(projectId: $p, first: 1, after: $a) {"
            + " edges { node { name } } pageInfo { hasNextPage endCursor } } }";
    var first = client.ask(query, Map.of("p", sandbox.projectId())).data().get("environments");

    var next =
        client
            .ask(
                query,
                Map.of("p", sandbox.projectId(), "a", first.at("/pageInfo/endCursor").asText()))
            .data()
            .get("environments");

    assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
    assertThat(next.at("/edges/0/node/name").asText()).isEqualTo("production");
    assertThat(next.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
  }

  @Test
  void saysWhichOperationsItDoesNotHave() {
    assertThat(client.ask("{ templates { edges { node { id } } } }").error())
        .isEqualTo("templates is not available in the sandbox");
  }

  @Test
  void countsDownTheHourlyBudgetAndThenAsksToWait() {
    Client.Answer first = client.ask("{ platformStatus { isStable } }");
    for (int i = 0; i < 4; i++) {
      client.ask("{ platformStatus { isStable } }");
    }

    Client.Answer over = client.ask("{ platformStatus { isStable } }");

    assertThat(first.headers())
        .containsEntry("X-RateLimit-Limit", "5")
        .containsEntry("X-RateLimit-Remaining", "4")
        .containsKey("X-RateLimit-Reset")
        .doesNotContainKey("Retry-After");
    assertThat(over.status()).isEqualTo(429);
    assertThat(over.headers()).containsKey("Retry-After");
  }

  @Test
  void showsWhatIsUsedOfTheLimits() {
    client.ask("{ platformStatus { isStable } }");

    var limits = client.control("GET", "/state", null).json().at("/limits");

    assertThat(limits.at("/railway/account/perHour/used").asInt()).isEqualTo(1);
    assertThat(limits.at("/railway/account/refused").asInt()).isZero();
    assertThat(limits.has("github")).isTrue();
  }

  @Test
  void answersTheStandardIntrospectionWithoutAToken() {
    client.with("X-Nothing", "here");

    var types = client.ask("{ __schema { types { name } } }").data().at("/__schema/types");

    assertThat(types.size()).isGreaterThan(600);
  }
}
