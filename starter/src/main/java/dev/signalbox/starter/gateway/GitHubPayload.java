package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/**
 * The parts of a webhook's body by which it is routed; the rest, up to 25 MB of it, is skipped
 * while it is read. What is absent is missing, never null.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record GitHubPayload(
    JsonNode action,
    JsonNode ref,
    JsonNode sha,
    JsonNode repository,
    JsonNode sender,
    @JsonProperty("check_run") JsonNode checkRun,
    @JsonProperty("check_suite") JsonNode checkSuite,
    @JsonProperty("workflow_run") JsonNode workflowRun,
    @JsonProperty("pull_request") JsonNode pullRequest,
    JsonNode deployment,
    JsonNode issue,
    JsonNode comment) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  GitHubPayload {
    action = present(action);
    ref = present(ref);
    sha = present(sha);
    repository = present(repository);
    sender = present(sender);
    checkRun = present(checkRun);
    checkSuite = present(checkSuite);
    workflowRun = present(workflowRun);
    pullRequest = present(pullRequest);
    deployment = present(deployment);
    issue = present(issue);
    comment = present(comment);
  }

  /**
   * @throws IOException when it is not one JSON object
   */
  static GitHubPayload read(byte[] body) throws IOException {
    GitHubPayload payload = JSON.readValue(body, GitHubPayload.class);
    if (payload == null) {
      throw new IOException("null is no object");
    }
    return payload;
  }

  private static JsonNode present(JsonNode node) {
    return node == null ? MissingNode.getInstance() : node;
  }

  /** {@code owner/name}; empty when there is none. */
  String repositoryName() {
    return repository.path("full_name").asText("");
  }
}
