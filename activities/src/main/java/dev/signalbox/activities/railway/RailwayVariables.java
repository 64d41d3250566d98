package dev.signalbox.activities.railway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.railway.RailwayEnvironment.Domains;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Railway's public API, as far as it speaks of variables and of what their values may name. */
class RailwayVariables {
  private static final int MANY_PAGES = 20;

  /** What Railway provides differs with every deployment, and nobody set it. */
  private static final Set<String> PROVIDED =
      Set.of(
          "RAILWAY_DEPLOYMENT_ID",
          "RAILWAY_SNAPSHOT_ID",
          "RAILWAY_REPLICA_ID",
          "RAILWAY_REPLICA_REGION",
          "RAILWAY_PUBLIC_DOMAIN",
          "RAILWAY_PRIVATE_DOMAIN",
          "RAILWAY_TCP_PROXY_DOMAIN",
          "RAILWAY_TCP_PROXY_PORT",
          "RAILWAY_TCP_APPLICATION_PORT",
          "RAILWAY_VOLUME_NAME",
          "RAILWAY_VOLUME_MOUNT_PATH");

  private static final List<String> PROVIDED_AS =
      List.of(
          "RAILWAY_GIT_",
          "RAILWAY_PROJECT_",
          "RAILWAY_ENVIRONMENT",
          "RAILWAY_SERVICE_",
          "RAILWAY_STATIC_");

  private final RailwayGraphQl graph;

  RailwayVariables(RailwayGraphQl graph) {
    this.graph = graph;
  }

  /** The same for one look around, whose parts ask for the same things: each is read once. */
  RailwayVariables remembering() {
    return new RememberedVariables(graph);
  }

  /** Every environment of the project, with what its parts are called and nothing else's are. */
  List<EnvironmentMarks> marks(String project) {
    String tried = "read the environments of the project";
    List<EnvironmentMarks> all = new ArrayList<>();
    String after = null;
    do {
      Map<String, Object> variables = new HashMap<>();
      variables.put("project", project);
      variables.put("after", after);
      JsonNode data = graph.query(tried, GraphQlOperation.ENVIRONMENT_MARKS, variables);
      Connection<EnvironmentMarks> page =
          graph.convert(
              tried,
              data.path("project").path("environments"),
              new TypeReference<Connection<EnvironmentMarks>>() {});
      all.addAll(page.nodes());
      after = page.next();
    } while (after != null && all.size() < MANY_PAGES * 50);
    return all;
  }

  /** An environment's id, and the ids and addresses of what stands in it. */
  record EnvironmentMarks(String id, String name, Connection<Marked> serviceInstances) {
    /** Railway's {@code ServiceInstance}. */
    record Marked(String id, String serviceId, Domains domains) {}
  }

  /** Where a service's TCP proxies are reached from outside, as {@code host:port}. */
  List<String> tcpAddresses(String environmentId, String serviceId) {
    List<String> addresses = new ArrayList<>();
    graph
        .query(
            "read the TCP proxies of a service",
            GraphQlOperation.TCP_PROXIES,
            Map.of("environment", environmentId, "service", serviceId))
        .path("tcpProxies")
        .forEach(
            proxy ->
                addresses.add(
                    proxy.path("domain").asText() + ":" + proxy.path("proxyPort").asText()));
    return addresses;
  }

  /** Names of all variables of an environment, sealed ones too. */
  List<VariableName> names(String environmentId) {
    String tried = "read the names of variables";
    List<VariableName> all = new ArrayList<>();
    String after = null;
    do {
      Map<String, Object> variables = new HashMap<>();
      variables.put("environment", environmentId);
      variables.put("after", after);
      Connection<VariableName> page =
          graph.convert(
              tried,
              graph
                  .query(tried, GraphQlOperation.VARIABLE_NAMES, variables)
                  .path("environment")
                  .path("variables"),
              new TypeReference<Connection<VariableName>>() {});
      all.addAll(page.nodes());
      after = page.next();
    } while (after != null && all.size() < MANY_PAGES * 500);
    return all;
  }

  /**
   * Railway's {@code Variable}, without its value.
   *
   * @param serviceId null = shared
   */
  record VariableName(String name, boolean isSealed, String serviceId) {}

  /**
   * What a service's next deployment gets, by name; sealed ones are not among them. The values are
   * secrets: they stand in no message of a failure.
   */
  Map<String, String> values(String project, String environmentId, String serviceId) {
    Map<String, String> values = new HashMap<>();
    graph
        .secretly(
            "read the variables of a service",
            GraphQlOperation.SERVICE_VARIABLES,
            Map.of("project", project, "environment", environmentId, "service", serviceId))
        .path("variables")
        .properties()
        .forEach(field -> values.put(field.getKey(), field.getValue().asText("")));
    return values;
  }

  /**
   * As they are written, with references: of a service, or those that all share. The values are
   * secrets, as above.
   *
   * @param serviceId null = what all services share
   */
  Map<String, String> written(String project, String environmentId, String serviceId) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("project", project);
    asked.put("environment", environmentId);
    asked.put("service", serviceId);
    Map<String, String> values = new HashMap<>();
    graph
        .secretly("read variables as they are written", GraphQlOperation.RAW_VARIABLES, asked)
        .path("variables")
        .properties()
        .forEach(field -> values.put(field.getKey(), field.getValue().asText("")));
    return values;
  }

  /**
   * Names of the variables that have another value today than this deployment took, that came
   * later, or that are gone.
   */
  List<String> changedSince(
      String project, String environmentId, String serviceId, String deploymentId) {
    JsonNode answer =
        graph.secretly(
            "compare the variables of deployment " + deploymentId + " with today's",
            GraphQlOperation.DEPLOYMENT_VARIABLES,
            Map.of(
                "project", project,
                "environment", environmentId,
                "service", serviceId,
                "deployment", deploymentId));
    JsonNode then = answer.path("then").path("variables");
    JsonNode today = answer.path("today");
    if (!then.isObject() || !today.isObject()) {
      throw ApiException.rejected(
          "Railway: deployment " + deploymentId + " does not show its variables");
    }
    Set<String> names = new TreeSet<>();
    then.fieldNames().forEachRemaining(names::add);
    today.fieldNames().forEachRemaining(names::add);
    return names.stream()
        .filter(name -> !provided(name))
        .filter(name -> !then.path(name).equals(today.path(name)))
        .toList();
  }

  private static boolean provided(String name) {
    return PROVIDED.contains(name) || PROVIDED_AS.stream().anyMatch(name::startsWith);
  }
}
