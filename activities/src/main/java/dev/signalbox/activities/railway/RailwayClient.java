package dev.signalbox.activities.railway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.Answer;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Credential;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.railway.RailwayEnvironment.DeploymentRef;
import dev.signalbox.activities.railway.RailwayEnvironment.Domains;
import dev.signalbox.activities.railway.RailwayEnvironment.Instance;
import dev.signalbox.activities.railway.RailwayEnvironment.Platform;
import dev.signalbox.activities.railway.RailwayEnvironment.TriggerNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final URI endpoint;
  private final Secret token;
  private final JsonHttp http;
  private final RailwayEvents events = new RailwayEvents(this);
  private volatile Credential credential;

  /**
   * @param endpoint with its path: {@code https://backboard.railway.com/graphql/v2}
   * @param token of any kind: account, workspace, or project
   */
  public RailwayClient(URI endpoint, Secret token, Clock clock) {
    this.endpoint = endpoint;
    this.token = token;
    this.http = new JsonHttp("Railway", clock, List.of(token));
  }

  /**
   * Finds out once which kind of token we have, because a project token travels in another header.
   * One request on the first call; a bare step calls this before it starts.
   *
   * @see <a href="https://docs.railway.com/integrations/api#creating-a-token">Creating a token</a>
   */
  public Credential credential() {
    Credential known = credential;
    if (known == null) {
      known = ask();
      credential = known;
    }
    return known;
  }

  private Credential ask() {
    Credential project = new Credential("Project-Access-Token", "", token);
    String tried = "ask which kind of token this is";
    try {
      send(tried, GraphQlOperation.PROJECT_TOKEN, Map.of(), project);
      return project;
    } catch (ApiException e) {
      if (e.is(Kind.REJECTED) || e.is(Kind.NOT_FOUND)) {
        return Credential.bearer(token);
      }
      throw e;
    }
  }

  /**
   * The environment of exactly this name; empty when the project has none. One request, as long as
   * every list fits its page.
   */
  public Optional<RailwayEnvironment> environment(String project, String name) {
    return environment(project, name, other -> {});
  }

  /**
   * As above.
   *
   * @param others is given every other environment that was seen, as {@code name (id)}
   */
  Optional<RailwayEnvironment> environment(String project, String name, Consumer<String> others) {
    String tried = "read environment " + name;
    String after = null;
    for (int page = 0; page < MANY_PAGES; page++) {
      Map<String, Object> variables = new HashMap<>();
      variables.put("project", project);
      variables.put("after", after);
      JsonNode data = query(tried, GraphQlOperation.ENVIRONMENT_BY_NAME, variables);
      Connection<EnvironmentNode> environments =
          convert(
              tried,
              data.path("project").path("environments"),
              new TypeReference<Connection<EnvironmentNode>>() {});
      Platform platform = convert(tried, data.path("platform"), new TypeReference<Platform>() {});
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
      JsonNode data = query(tried, operation, Map.of("environment", environment, "after", after));
      Connection<T> next = convert(tried, data.path("environment").path(field), type);
      all.addAll(next.nodes());
      after = next.next();
    }
    return all;
  }

  /** Every environment of the project, with what its parts are called and nothing else's are. */
  public List<EnvironmentMarks> marks(String project) {
    String tried = "read the environments of the project";
    List<EnvironmentMarks> all = new ArrayList<>();
    String after = null;
    do {
      Map<String, Object> variables = new HashMap<>();
      variables.put("project", project);
      variables.put("after", after);
      JsonNode data = query(tried, GraphQlOperation.ENVIRONMENT_MARKS, variables);
      Connection<EnvironmentMarks> page =
          convert(
              tried,
              data.path("project").path("environments"),
              new TypeReference<Connection<EnvironmentMarks>>() {});
      all.addAll(page.nodes());
      after = page.next();
    } while (after != null && all.size() < MANY_PAGES * 50);
    return all;
  }

  /** An environment's id, and the ids and addresses of what stands in it. */
  public record EnvironmentMarks(String id, String name, Connection<Marked> serviceInstances) {
    /** Railway's {@code ServiceInstance}. */
    public record Marked(String id, Domains domains) {}
  }

  /** Names of all variables of an environment, sealed ones too. */
  public List<VariableName> variableNames(String environmentId) {
    String tried = "read the names of variables";
    List<VariableName> all = new ArrayList<>();
    String after = null;
    do {
      Map<String, Object> variables = new HashMap<>();
      variables.put("environment", environmentId);
      variables.put("after", after);
      Connection<VariableName> page =
          convert(
              tried,
              query(tried, GraphQlOperation.VARIABLE_NAMES, variables)
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
  public record VariableName(String name, boolean isSealed, String serviceId) {}

  /**
   * What a service's next deployment gets, by name; sealed ones are not among them. The values are
   * secrets: they stand in no message of a failure.
   */
  public Map<String, String> variables(String project, String environmentId, String serviceId) {
    Answer answer =
        http.post(
            "read the variables of a service",
            endpoint,
            body(
                GraphQlOperation.SERVICE_VARIABLES,
                Map.of("project", project, "environment", environmentId, "service", serviceId)),
            credential());
    Map<String, String> values = new HashMap<>();
    read(answer, withheld(answer))
        .path("variables")
        .properties()
        .forEach(field -> values.put(field.getKey(), field.getValue().asText("")));
    return values;
  }

  private static Answer withheld(Answer answer) {
    return new Answer(
        answer.tried(),
        answer.method(),
        answer.url(),
        answer.status(),
        answer.headers(),
        "(not shown: it may hold secrets)");
  }

  /** The newest deployments of one service in one environment, of any status. */
  public RecentPage deployments(String project, String environmentId, String serviceId, int first) {
    String tried = "list deployments";
    JsonNode data =
        query(
            tried,
            GraphQlOperation.RECENT_DEPLOYMENTS,
            Map.of(
                "project", project,
                "environment", environmentId,
                "service", serviceId,
                "first", first));
    Connection<RailwayDeployment> page =
        convert(
            tried, data.path("deployments"), new TypeReference<Connection<RailwayDeployment>>() {});
    return new RecentPage(page.nodes(), data.path("project").path("subscriptionType").asText(null));
  }

  /** {@code me} with its workspaces and their projects; only an account's token may ask. */
  JsonNode workspaces() {
    return query("list projects", GraphQlOperation.PROJECTS, Map.of())
        .path("me")
        .path("workspaces");
  }

  public RailwayDeployment deployment(String id) {
    String tried = "read deployment " + id;
    JsonNode data = query(tried, GraphQlOperation.DEPLOYMENT, Map.of("id", id));
    return convert(tried, data.path("deployment"), new TypeReference<RailwayDeployment>() {});
  }

  /**
   * Asks to be told of every change of a deployment, over a web-socket. What is told is a hint:
   * read the deployment before anything follows from it.
   */
  EventLine changes(String deploymentId, EventLine.Listener listener) {
    EventLine line =
        new EventLine(
            body(GraphQlOperation.DEPLOYMENT_CHANGED, Map.of("id", deploymentId)), listener);
    line.opened(http.socket(endpoint, EventLine.PROTOCOL, credential(), line));
    return line;
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
        query(
            tried,
            GraphQlOperation.DEPLOYMENT_FAILURE,
            Map.of("id", deploymentId, "build", build, "deploy", deploy));
    return convert(tried, data, new TypeReference<RailwayFailure>() {});
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
        query(
            tried,
            build ? GraphQlOperation.BUILD_LOGS : GraphQlOperation.DEPLOYMENT_LOGS,
            variables);
    return convert(
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
        sendOnce(
            tried,
            GraphQlOperation.SERVICE_INSTANCE_DEPLOY,
            Map.of("environment", environmentId, "service", serviceId, "commit", commit),
            as,
            deadline);
    JsonNode id = data.path("serviceInstanceDeployV2");
    if (!id.isTextual() || id.asText().isBlank()) {
      throw unclear(tried, "an answer without a deployment id");
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
        sendOnce(
            tried, GraphQlOperation.DEPLOYMENT_ROLLBACK, Map.of("id", deploymentId), as, deadline);
    if (!data.path("deploymentRollback").asBoolean(false)) {
      throw unclear(tried, "an answer other than true");
    }
  }

  /** Starts the container of this deployment again. Nothing protects from happening twice. */
  public void restart(String deploymentId, String service, Credential as, Instant deadline) {
    String tried = "restart " + service + " (deployment " + deploymentId + ")";
    JsonNode data =
        sendOnce(
            tried, GraphQlOperation.DEPLOYMENT_RESTART, Map.of("id", deploymentId), as, deadline);
    if (!data.path("deploymentRestart").asBoolean(false)) {
      throw unclear(tried, "an answer other than true");
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
        sendOnce(
            tried, GraphQlOperation.DEPLOYMENT_REDEPLOY, Map.of("id", deploymentId), as, deadline);
    JsonNode id = data.path("deploymentRedeploy").path("id");
    if (!id.isTextual() || id.asText().isBlank()) {
      throw unclear(tried, "an answer without a deployment id");
    }
    return id.asText();
  }

  /** Removes a trigger. One that is gone is refused like one that the token may not touch. */
  public void deleteTrigger(String triggerId) {
    query(
        "remove deployment trigger " + triggerId,
        GraphQlOperation.DEPLOYMENT_TRIGGER_DELETE,
        Map.of("id", triggerId));
  }

  private JsonNode query(String tried, GraphQlOperation operation, Map<String, ?> variables) {
    return send(tried, operation, variables, credential());
  }

  private JsonNode send(
      String tried, GraphQlOperation operation, Map<String, ?> variables, Credential as) {
    return read(http.post(tried, endpoint, body(operation, variables), as));
  }

  private JsonNode sendOnce(
      String tried,
      GraphQlOperation operation,
      Map<String, ?> variables,
      Credential as,
      Instant deadline) {
    return read(http.postOnce(tried, endpoint, body(operation, variables), as, deadline));
  }

  private static ObjectNode body(GraphQlOperation operation, Map<String, ?> variables) {
    ObjectNode body = JsonHttp.mapper().createObjectNode();
    body.put("query", operation.document());
    body.set("variables", JsonHttp.mapper().valueToTree(variables));
    return body.put("operationName", operation.operationName());
  }

  /** The data of a reply that has nothing but data. */
  private JsonNode read(Answer answer) {
    return read(answer, answer);
  }

  /**
   * @param told what a failure may quote of the answer
   */
  private JsonNode read(Answer answer, Answer told) {
    // A 429's body may be anything, and a 5xx's says nothing about what was done.
    if (answer.status() == 429 || answer.status() >= 500) {
      throw http.refused(told);
    }
    JsonNode reply = parse(answer, told);
    JsonNode errors = reply.path("errors");
    if (!errors.isMissingNode() && !errors.isNull()) {
      RailwayErrors.Meaning meaning = RailwayErrors.of(errors, reply.path("data"));
      throw http.exception(
          meaning.kind(), told, said(told, errors), meaning.next(), meaning.delay());
    }
    if (!answer.ok()) {
      throw http.refused(told);
    }
    if (!reply.path("data").isObject()) {
      throw http.exception(
          Kind.UNKNOWN_OUTCOME,
          told,
          "no data: " + http.quote(told.text()),
          "read the state back before trying again",
          null);
    }
    return reply.path("data");
  }

  private JsonNode parse(Answer answer, Answer told) {
    try {
      return JsonHttp.mapper().readTree(answer.text());
    } catch (JsonProcessingException e) {
      if (!answer.ok()) {
        throw http.refused(told);
      }
      throw http.exception(
          Kind.UNKNOWN_OUTCOME,
          told,
          "not JSON: " + http.quote(told.text()),
          "read the state back before trying again",
          null);
    }
  }

  /** With the trace id, by which Railway's support finds the request. */
  private String said(Answer answer, JsonNode errors) {
    JsonNode first = errors.path(0);
    JsonNode trace =
        first.has("traceId") ? first.get("traceId") : first.path("extensions").path("traceId");
    String quote = http.quote(answer.text());
    return trace.isMissingNode() ? quote : quote + " (traceId " + trace.asText() + ")";
  }

  private <T> T convert(String tried, JsonNode node, TypeReference<T> type) {
    try {
      T value = JsonHttp.mapper().readerFor(type).readValue(node);
      if (value == null) {
        throw unclear(tried, "an answer without what was asked for");
      }
      return value;
    } catch (IOException e) {
      throw unclear(tried, "an answer of another shape: " + e.getMessage());
    }
  }

  private ApiException unclear(String tried, String said) {
    return http.exception(
        Kind.UNKNOWN_OUTCOME,
        new Answer(tried, "POST", endpoint.toString(), 200, JsonHttp.noHeaders(), ""),
        said,
        "read the state back before trying again",
        null);
  }
}
