package dev.signalbox.starter.gateway;

import static dev.signalbox.starter.gateway.ListeningGateway.RAILWAY_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.promotion.PromotionWorkflow;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RailwayDoorTest {
  private static final String COMMIT = "c".repeat(40);
  private static final String RUN = PromotionWorkflow.id("inspector", "production", COMMIT);

  private final ListeningGateway gateway = new ListeningGateway(Limits.DEFAULTS);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void leadsToOneLookForADeploymentInTenSecondsHoweverMuchIsTold() {
    gateway.run(RUN);

    for (int i = 0; i < 20; i++) {
      assertThat(told(RAILWAY_PATH, payload("d-1", COMMIT))).isEqualTo(202);
    }

    assertThat(gateway.hints(RUN)).extracting(Hint::door).containsExactly("railway");
    assertThat(told(RAILWAY_PATH, payload("d-2", COMMIT))).isEqualTo(202);
    assertThat(gateway.hints(RUN)).hasSize(2);
  }

  @Test
  void isNotThereForWhoDoesNotKnowItsPath() {
    gateway.run(RUN);

    assertThat(told("path-of-railwax", payload("d-1", COMMIT))).isEqualTo(404);
    assertThat(gateway.hints(RUN)).isEmpty();
  }

  @Test
  void ignoresWhatNamesNoDeploymentOfACommit() {
    assertThat(told(RAILWAY_PATH, "{\"type\": \"Volume.alert\"}")).isEqualTo(202);
    assertThat(told(RAILWAY_PATH, payload("d-1", "main"))).isEqualTo(202);
    assertThat(told(RAILWAY_PATH, "no json")).isEqualTo(400);
  }

  private int told(String path, String body) {
    return gateway.post("/webhooks/railway/" + path, Map.of(), body).statusCode();
  }

  private static String payload(String deployment, String commit) {
    return """
    {"type": "Deployment.success", "resource": {"deployment": {"id": "%s"}},
     "details": {"status": "SUCCESS", "commitHash": "%s"}}
    """
        .formatted(deployment, commit);
  }
}
