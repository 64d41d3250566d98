package dev.signalbox.activities.railway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Railway's public API, as far as it speaks of what runs before a new release of a service starts.
 *
 * @see <a href="https://docs.railway.com/guides/pre-deploy-command">Pre-deploy command</a>
 */
final class RailwayPreDeploy {
  private final RailwayGraphQl graph;

  RailwayPreDeploy(RailwayGraphQl graph) {
    this.graph = graph;
  }

  /**
   * The commands; empty = none. Railway's type for them is any JSON: nothing, a text, or a list of
   * them.
   */
  List<String> commands(String environmentId, String serviceId, String service) {
    JsonNode found =
        graph
            .query(
                "read the pre-deploy command of " + service,
                GraphQlOperation.PRE_DEPLOY_COMMAND,
                Map.of("environment", environmentId, "service", serviceId))
            .path("serviceInstance")
            .path("preDeployCommand");
    List<String> commands = new ArrayList<>();
    if (found.isTextual()) {
      commands.add(found.asText());
    }
    found.elements().forEachRemaining(one -> commands.add(one.asText()));
    commands.removeIf(String::isBlank);
    return List.copyOf(commands);
  }

  /** Sets them, in this environment only. The same ones twice are the same. */
  void set(String environmentId, String serviceId, String service, List<String> commands) {
    graph.query(
        "set the pre-deploy command of " + service,
        GraphQlOperation.SERVICE_INSTANCE_UPDATE,
        Map.of("environment", environmentId, "service", serviceId, "command", commands));
  }
}
