package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The web-socket where production lives in a Railway project of its own. */
class TwoProjectsSubscriptionsTest extends SandboxTest {
  private static final String DEPLOYMENT =
      "subscription($id: String!) { deployment(id: $id) { id status } }";

  private final Subscriber subscriber = new Subscriber();

  @Override
  SandboxSettings settings() {
    return super.settings()
        .withEnvironments(
            List.of(
                new EnvironmentSettings("staging", "staging", true),
                new EnvironmentSettings("production", "main", true).in("inspector-live")));
  }

  @AfterEach
  void hangUp() {
    subscriber.close();
  }

  private void beginWithProductionsToken() {
    subscriber.begin(sandbox, "Project-Access-Token", sandbox.projectToken("production"));
  }

  @Test
  void tellsTheAccountOfADeploymentInTheSecondProject() {
    subscriber.begin(sandbox, "Authorization", "Bearer " + sandbox.railwayToken());
    String id = client.deploy("production", "backend", staged());

    subscriber.subscribe("1", DEPLOYMENT, Map.of("id", id));

    JsonNode last =
        subscriber.until(
            message -> message.at("/payload/data/deployment/status").asText().equals("SUCCESS"));
    assertThat(last.at("/payload/data/deployment/id").asText()).isEqualTo(id);
  }

  @Test
  void tellsAProjectTokenOfTheSecondProjectWhatRunsThere() {
    beginWithProductionsToken();
    String id = client.activeId("production", "backend");

    subscriber.subscribe("1", DEPLOYMENT, Map.of("id", id));

    assertThat(subscriber.next().at("/payload/data/deployment/status").asText())
        .isEqualTo("SUCCESS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DEPLOYMENT,
        "subscription($id: String!) { deploymentEvents(id: $id) { id step } }",
        "subscription($id: String!) { deploymentLogs(deploymentId: $id) { message } }",
        "subscription($id: String!) { buildLogs(deploymentId: $id) { message } }"
      })
  void refusesWhatIsInAProjectOutsideTheToken(String subscription) {
    beginWithProductionsToken();
    String staging = client.activeId("staging", "backend");

    subscriber.subscribe("1", subscription, Map.of("id", staging));

    JsonNode answer = subscriber.next();
    assertThat(answer.get("type").asText()).isEqualTo("error");
    assertThat(answer.at("/payload/0/message").asText()).isEqualTo("Not Authorized");
  }

  @Test
  void refusesTheLogsOfAnEnvironmentOutsideTheToken() {
    beginWithProductionsToken();

    subscriber.subscribe(
        "1",
        "subscription($id: String!) { environmentLogs(environmentId: $id) { message } }",
        Map.of("id", sandbox.environmentId("staging")));

    assertThat(subscriber.next().at("/payload/0/message").asText()).isEqualTo("Not Authorized");
  }
}
