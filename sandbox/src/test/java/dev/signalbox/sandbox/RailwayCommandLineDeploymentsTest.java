package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The requests of Railway's command line about deployments and their logs. */
class RailwayCommandLineDeploymentsTest extends RailwayCommandLineHouse {
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
}
