package dev.signalbox.activities.railway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.Credential;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.railway.RailwayEnvironment.DeploymentRef;
import dev.signalbox.activities.railway.RailwayEnvironment.Instance;
import dev.signalbox.activities.railway.RailwayEnvironment.Platform;
import dev.signalbox.activities.railway.RailwayEnvironment.TriggerNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Railway's public API, one method for each operation that we use.
 *
 * <p>A reply with {@code errors} is a failure whatever its status: HTTP 200 carries both, and a
 * failed child field does not undo a mutation that ran. No idempotency keys exist, and nothing here
 * sends a mutation twice.
 *
 * @see <a href="https://docs.railway.com/integrations/api">Railway: Public API</a>
 */
public final class RailwayClient {
  private static final int MANY_PAGES = 20;

  private final RailwayGraphQl graph;
  private final RailwayVariables variables;
  private final AtomicReference<Page> lastPage = new AtomicReference<>();
  private final RailwayEvents events = new RailwayEvents(this);

  /**
   * @param endpoint with its path: {@code https://backboard.railway.com/graphql/v2}
   * @param token of any kind: account, workspace, or project
   */
  public RailwayClient(URI endpoint, Secret token, Clock clock) {
    this(endpoint, token, "RAILWAY_API_TOKEN", clock);
  }

  /**
   * @param variable the worker's, that holds the token: a refusal says to set it
   */
  RailwayClient(URI endpoint, Secret token, String variable, Clock clock) {
    this.graph = new RailwayGraphQl(endpoint, token, variable, clock);
    this.variables = new RailwayVariables(graph);
  }

  /** One request on the first call; a bare step calls this before it starts. */
  public Credential credential() {
    return graph.credential();
  }

  /** The same API, as far as it speaks of variables. */
  RailwayVariables variables() {
    return variables;
  }

  /**
   * The environment of exactly this name; empty when the project has none. One request, as long as
   * every list fits its page.
   */
  public Optional<RailwayEnvironment> environment(String project, String name) {
    return environment(project, name, null, other -> {});
  }

  /**
   * As above.
   *
   * @param look what an earlier call of the same look was answered is good enough; null = none
   * @param others is given every other environment that was seen, as {@code name (id)}
   */
  Optional<RailwayEnvironment> environment(
      String project, String name, String look, Consumer<String> others) {
    String tried = "read environment " + name;
    String after = null;
    for (int page = 0; page < MANY_PAGES; page++) {
      JsonNode data = environments(tried, project, after, look);
      Connection<EnvironmentNode> environments =
          graph.convert(
              tried,
              data.path("project").path("environments"),
              new TypeReference<Connection<EnvironmentNode>>() {});
      Platform platform =
          graph.convert(tried, data.path("platform"), new TypeReference<Platform>() {});
      Optional<EnvironmentNode> found =
          environments.nodes().stream().filter(node -> name.equals(node.name())).findFirst();
      if (found.isPresent()) {
        return Optional.of(whole(tried, found.get(), platform));
      }
      environments.nodes().forEach(node -> others.accept(node.name() + " (" + node.id() + ")"));
      after = environments.next();
      if (after == null) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private JsonNode environments(String tried, String project, String after, String look) {
    Page last = lastPage.get();
    if (look != null && last != null && last.answers(look, project, after)) {
      return last.data();
    }
    Map<String, Object> variables = new HashMap<>();
    variables.put("project", project);
    variables.put("after", after);
    JsonNode data = graph.query(tried, GraphQlOperation.ENVIRONMENT_BY_NAME, variables);
    lastPage.set(new Page(look, project, after, data));
    return data;
  }

  /** The last answer about a project's environments, and who asked. */
  private record Page(String look, String project, String after, JsonNode data) {
    boolean answers(String sameLook, String sameProject, String sameAfter) {
      return sameLook.equals(look)
          && sameProject.equals(project)
          && Objects.equals(sameAfter, after);
    }
  }

  private record EnvironmentNode(
      String id,
      String name,
      Connection<Instance> serviceInstances,
      Connection<TriggerNode> deploymentTriggers,
      Connection<DeploymentRef> deployments) {}

  private RailwayEnvironment whole(String tried, EnvironmentNode node, Platform platform) {
    return new RailwayEnvironment(
        node.id(),
        node.name(),
        rest(
            tried,
            node.id(),
            node.serviceInstances(),
            GraphQlOperation.SERVICE_INSTANCES,
            "serviceInstances",
            new TypeReference<Connection<Instance>>() {}),
        rest(
            tried,
            node.id(),
            node.deploymentTriggers(),
            GraphQlOperation.DEPLOYMENT_TRIGGERS,
            "deploymentTriggers",
            new TypeReference<Connection<TriggerNode>>() {}),
        node.deployments().nodes(),
        node.deployments().next() == null,
        platform);
  }

  /** The first page and those that follow it. */
  private <T> List<T> rest(
      String tried,
      String environment,
      Connection<T> first,
      GraphQlOperation operation,
      String field,
      TypeReference<Connection<T>> type) {
    List<T> all = new ArrayList<>(first.nodes());
    String after = first.next();
    for (int page = 0; after != null && page < MANY_PAGES; page++) {
      JsonNode data =
          graph.query(tried, operation, Map.of("environment", environment, "after", after));
      Connection<T> next = graph.convert(tried, data.path("environment").path(field), type);
      all.addAll(next.nodes());
      after = next.next();
    }
    return all;
  }

  /** The newest deployments of one service in one environment, of any status. */
  public RecentPage deployments(String project, String environmentId, String serviceId, int first) {
    String tried = "list deployments";
    JsonNode data =
        graph.query(
            tried,
            GraphQlOperation.RECENT_DEPLOYMENTS,
            Map.of(
                "project", project,
                "environment", environmentId,
                "service", serviceId,
                "first", first));
    Connection<RailwayDeployment> page =
        graph.convert(
            tried, data.path("deployments"), new TypeReference<Connection<RailwayDeployment>>() {});
    return new RecentPage(page.nodes(), data.path("project").path("subscriptionType").asText(null));
  }

  /** {@code me} with its workspaces and their projects; only an account's token may ask. */
  JsonNode workspaces() {
    return graph
        .query("list projects", GraphQlOperation.PROJECTS, Map.of())
        .path("me")
        .path("workspaces");
  }

  public RailwayDeployment deployment(String id) {
    String tried = "read deployment " + id;
    JsonNode data = graph.query(tried, GraphQlOperation.DEPLOYMENT, Map.of("id", id));
    return graph.convert(tried, data.path("deployment"), new TypeReference<RailwayDeployment>() {});
  }

  /**
   * Asks to be told of every change of a deployment, over a web-socket. What is told is a hint:
   * read the deployment before anything follows from it.
   */
  EventLine changes(String deploymentId, EventLine.Listener listener) {
    return graph.listen(GraphQlOperation.DEPLOYMENT_CHANGED, Map.of("id", deploymentId), listener);
  }

  /** What is mounted, and its backups. */
  RailwayVolumes volumes() {
    return new RailwayVolumes(graph);
  }

  /** Environments, made and removed. */
  RailwayEnvironments environments() {
    return new RailwayEnvironments(graph);
  }

  /** What runs before a new release of a service starts. */
  RailwayPreDeploy preDeploy() {
    return new RailwayPreDeploy(graph);
  }

  /** How waits hear of what they wait for. */
  RailwayEvents events() {
    return events;
  }

  /**
   * Why a deployment failed. One request.
   *
   * @param build how many of the last lines of its build log
   * @param deploy how many of the last lines of its own log
   */
  public RailwayFailure failure(String deploymentId, int build, int deploy) {
    String tried = "read why deployment " + deploymentId + " failed";
    JsonNode data =
        graph.query(
            tried,
            GraphQlOperation.DEPLOYMENT_FAILURE,
            Map.of("id", deploymentId, "build", build, "deploy", deploy));
    return graph.convert(tried, data, new TypeReference<RailwayFailure>() {});
  }

  /**
   * The last lines of a build or of what was built, oldest first.
   *
   * @param since only these and later ones; null = however old
   */
  public List<RailwayLogLine> log(String deploymentId, boolean build, int lines, Instant since) {
    String tried = "read " + (build ? "build " : "") + "log of deployment " + deploymentId;
    Map<String, Object> variables = new HashMap<>();
    variables.put("id", deploymentId);
    variables.put("limit", lines);
    variables.put("since", since == null ? null : since.toString());
    JsonNode data =
        graph.query(
            tried,
            build ? GraphQlOperation.BUILD_LOGS : GraphQlOperation.DEPLOYMENT_LOGS,
            variables);
    return graph.convert(
        tried,
        data.path(build ? "buildLogs" : "deploymentLogs"),
        new TypeReference<List<RailwayLogLine>>() {});
  }

  /**
   * Deploys exactly this commit. Nothing protects from happening twice.
   *
   * @param as from {@link #credential()}, asked for before the step began
   * @return Railway's id of the new deployment
   */
  public String deploy(
      String environmentId,
      String serviceId,
      String service,
      String commit,
      Credential as,
      Instant deadline) {
    String tried = "deploy " + commit + " to " + service;
    JsonNode data =
        graph.sendOnce(
            tried,
            GraphQlOperation.SERVICE_INSTANCE_DEPLOY,
            Map.of("environment", environmentId, "service", serviceId, "commit", commit),
            as,
            deadline);
    JsonNode id = data.path("serviceInstanceDeployV2");
    if (!id.isTextual() || id.asText().isBlank()) {
      throw graph.unclear(tried, "an answer without a deployment id");
    }
    return id.asText();
  }

  /**
   * Goes back to an earlier deployment's image. Nothing protects from happening twice; Railway
   * answers {@code true} and no id.
   */
  public void rollback(String deploymentId, String service, Credential as, Instant deadline) {
    String tried = "roll " + service + " back to deployment " + deploymentId;
    JsonNode data =
        graph.sendOnce(
            tried, GraphQlOperation.DEPLOYMENT_ROLLBACK, Map.of("id", deploymentId), as, deadline);
    if (!data.path("deploymentRollback").asBoolean(false)) {
      throw graph.unclear(tried, "an answer other than true");
    }
  }

  /** Starts the container of this deployment again. Nothing protects from happening twice. */
  public void restart(String deploymentId, String service, Credential as, Instant deadline) {
    String tried = "restart " + service + " (deployment " + deploymentId + ")";
    JsonNode data =
        graph.sendOnce(
            tried, GraphQlOperation.DEPLOYMENT_RESTART, Map.of("id", deploymentId), as, deadline);
    if (!data.path("deploymentRestart").asBoolean(false)) {
      throw graph.unclear(tried, "an answer other than true");
    }
  }

  /**
   * Starts an earlier deployment's image once more. Nothing protects from happening twice.
   *
   * @return the new deployment's id
   */
  public String redeployImage(
      String deploymentId, String service, Credential as, Instant deadline) {
    String tried = "start the image of deployment " + deploymentId + " of " + service + " again";
    JsonNode data =
        graph.sendOnce(
            tried, GraphQlOperation.DEPLOYMENT_REDEPLOY, Map.of("id", deploymentId), as, deadline);
    JsonNode id = data.path("deploymentRedeploy").path("id");
    if (!id.isTextual() || id.asText().isBlank()) {
      throw graph.unclear(tried, "an answer without a deployment id");
    }
    return id.asText();
  }

  /** Ends a deployment. One that was ended before is refused, or is not found. */
  public void remove(String deploymentId, String service) {
    graph.query(
        "remove deployment " + deploymentId + " of " + service,
        GraphQlOperation.DEPLOYMENT_REMOVE,
        Map.of("id", deploymentId));
  }

  /** Whether a push deploys this service where it has a trigger. */
  boolean autoDeploys(String project, String environmentId, String serviceId, String service) {
    String tried = "read whether pushes deploy " + service;
    JsonNode enabled =
        graph
            .query(
                tried,
                GraphQlOperation.AUTO_DEPLOY_STATUS,
                Map.of("project", project, "environment", environmentId, "service", serviceId))
            .path("serviceInstanceAutoDeployStatus")
            .path("enabled");
    if (!enabled.isBoolean()) {
      throw graph.unclear(tried, "an answer without 'enabled'");
    }
    return enabled.asBoolean();
  }

  /** Removes a trigger. One that is gone is refused like one that the token may not touch. */
  public void deleteTrigger(String triggerId) {
    graph.query(
        "remove deployment trigger " + triggerId,
        GraphQlOperation.DEPLOYMENT_TRIGGER_DELETE,
        Map.of("id", triggerId));
  }
}
