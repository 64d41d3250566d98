package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollbackTest extends SandboxTest {
  private static final String ROLLBACK = "mutation($id: String!) { deploymentRollback(id: $id) }";

  @Test
  void runsTheOldImageAgainWithoutABuild() {
    String good = client.activeId("production", "backend");
    String image = client.deployment(good).at("/meta/imageDigest").asText();
    client.await(client.deploy("production", "backend", staged()), "SUCCESS");

    client.ask(ROLLBACK, Map.of("id", good)).data();

    String id = client.instance("production", "backend").at("/latestDeployment/id").asText();
    List<String> seen = new ArrayList<>();
    Eventually.see(
        () -> client.deployment(id).get("status").asText(),
        status -> {
          seen.add(status);
          return status.equals("SUCCESS");
        });
    assertThat(id).isNotEqualTo(good);
    assertThat(seen).doesNotContain("BUILDING");
    assertThat(client.deployment(id).at("/meta/imageDigest").asText()).isEqualTo(image);
    assertThat(client.version("production", "backend"))
        .isEqualTo(client.deployment(good).at("/meta/commitHash").asText());
  }

  @Test
  void isRefusedOnceThePlanHasLetTheImageGo() {
    String good = client.activeId("production", "backend");
    client.await(client.deploy("production", "backend", staged()), "SUCCESS");
    assertThat(client.deployment(good).get("canRollback").asBoolean()).isTrue();

    client.control("POST", "/clock", Map.of("advance", "120h"));

    assertThat(client.deployment(good).get("canRollback").asBoolean()).isFalse();
    assertThat(client.ask(ROLLBACK, Map.of("id", good)).error()).contains("Cannot rollback");
  }

  @Test
  void countsTheImagesTimeFromItsRemovalWhateverWasBefore() {
    client.control("POST", "/clock", Map.of("advance", "500h"));
    String good = client.activeId("production", "backend");
    client.await(client.deploy("production", "backend", staged()), "SUCCESS");

    client.control("POST", "/clock", Map.of("advance", "119h"));
    assertThat(client.deployment(good).get("canRollback").asBoolean()).isTrue();
    client.control("POST", "/clock", Map.of("advance", "1h"));
    assertThat(client.deployment(good).get("canRollback").asBoolean()).isFalse();
  }

  /** Issue 3: after an advance a soak lay in the future, because deployments were dated by it. */
  @Test
  void datesNothingByTheClockThatWasMoved() {
    Instant before = Instant.now();
    client.control("POST", "/clock", Map.of("advance", "120h"));
    String id = client.deploy("production", "backend", staged());
    client.await(id, "SUCCESS");

    JsonNode deployment =
        client
            .ask(
                "query($id: String!) { deployment(id: $id) { createdAt statusUpdatedAt } }",
                Map.of("id", id))
            .data()
            .get("deployment");
    assertThat(Instant.parse(deployment.get("createdAt").asText()))
        .isBetween(before, Instant.now());
    assertThat(Instant.parse(deployment.get("statusUpdatedAt").asText()))
        .isBetween(before, Instant.now());
    assertThat(sandbox.journal().entries()).allMatch(entry -> entry.at().isBefore(Instant.now()));
    JsonNode clock = client.get(sandbox.url() + "/_sandbox/clock").json();
    assertThat(clock.get("ahead").asText()).isEqualTo("PT120H");
    assertThat(Instant.parse(clock.get("now").asText())).isAfter(before.plusSeconds(119 * 3600));
  }

  @Test
  void keepsTheImageOfWhatRunsForEver() {
    client.control("POST", "/clock", Map.of("advance", "1000h"));

    String active = client.activeId("production", "backend");

    assertThat(client.deployment(active).get("canRollback").asBoolean()).isTrue();
  }

  @Test
  void givesTheNewIdWhenItIsARedeployOfTheImage() {
    String good = client.activeId("production", "backend");

    String id =
        client
            .ask(
                "mutation($id: String!) {"
                    + " deploymentRedeploy(id: $id, usePreviousImageTag: true) { id } }",
                Map.of("id", good))
            .data()
            .at("/deploymentRedeploy/id")
            .asText();

    assertThat(client.await(id, "SUCCESS").at("/meta/imageDigest"))
        .isEqualTo(client.deployment(good).at("/meta/imageDigest"));
  }
}
