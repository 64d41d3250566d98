package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.Call;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The root fields that the sandbox's Railway answers, one method each. */
final class RailwayOperations {
  private static final String USER = "Sandbox user";

  private final Platform platform;

  /** What a fetcher learns about the request that it serves. */
  record Request(Caller caller, State state, Map<String, Call> callByField) {}

  RailwayOperations(Platform platform) {
    this.platform = platform;
  }

  Map<String, DataFetcher<?>> all() {
    Map<String, DataFetcher<?>> all = new HashMap<>();
    all.put("platformStatus", asked -> Map.of("isStable", true));
    all.put("me", this::me);
    all.put("apiToken", this::apiToken);
    all.put("projectToken", this::projectToken);
    all.put("project", this::project);
    all.put("environments", this::environments);
    all.put("environment", this::environment);
    all.put("serviceInstance", this::serviceInstance);
    all.put("deployments", this::deployments);
    all.put("deployment", asked -> views(asked).deployment(deploymentOf(asked, "id")));
    all.put("deploymentTriggers", this::deploymentTriggers);
    all.put("serviceInstanceAutoDeployStatus", this::autoDeployStatus);
    all.put("domains", asked -> views(asked).domains(instanceOf(asked, asked.getArguments())));
    all.put("variables", this::variables);
    all.put("variablesForServiceDeployment", this::variables);
    all.put("buildLogs", this::logs);
    all.put("deploymentLogs", this::logs);
    all.put("deploymentEvents", this::events);
    all.put("serviceInstanceDeployV2", this::deploy);
    all.put("deploymentRollback", this::rollback);
    all.put("deploymentRedeploy", this::redeploy);
    all.put("deploymentTriggerCreate", this::createTrigger);
    all.put("deploymentTriggerDelete", this::deleteTrigger);
    all.put("serviceInstanceAutoDeployUpdate", this::autoDeployUpdate);
    return all;
  }

  private Object me(DataFetchingEnvironment asked) {
    Caller caller = request(asked).caller();
    if (caller.kind() != Caller.Kind.ACCOUNT) {
      throw caller.refusal();
    }
    return Map.of(
        "id",
        "user",
        "name",
        USER,
        "email",
        "sandbox@example.com",
        "workspaces",
        List.of(workspace(asked)));
  }

  private Object apiToken(DataFetchingEnvironment asked) {
    Caller caller = request(asked).caller();
    if (caller.kind() != Caller.Kind.ACCOUNT) {
      throw caller.refusal();
    }
    return Map.of("workspaces", List.of(workspace(asked)));
  }

  private Map<String, Object> workspace(DataFetchingEnvironment asked) {
    Field projects = inner -> Relay.page(List.of(views(asked).project()), inner);
    return Map.of("id", "workspace", "name", "sandbox", "projects", projects);
  }

  private Object projectToken(DataFetchingEnvironment asked) {
    Caller caller = request(asked).caller();
    if (caller.kind() != Caller.Kind.PROJECT) {
      throw new RailwayError("Project Token not found");
    }
    EnvironmentSettings environment = environmentNamed(caller.environment());
    return Map.of(
        "id",
        "project-token-" + environment.name(),
        "name",
        environment.name(),
        "projectId",
        platform.projectId(),
        "environmentId",
        platform.environmentId(environment.name()),
        "project",
        views(asked).project(),
        "environment",
        views(asked).environment(environment));
  }

  private Object project(DataFetchingEnvironment asked) {
    ourProject(asked, asked.getArgument("id"));
    return views(asked).project();
  }

  private Object environments(DataFetchingEnvironment asked) {
    ourProject(asked, asked.getArgument("projectId"));
    Boolean ephemeral = asked.getArgument("isEphemeral");
    List<EnvironmentSettings> shown =
        Boolean.TRUE.equals(ephemeral) ? List.of() : platform.settings().environments();
    return Relay.page(shown.stream().map(views(asked)::environment).toList(), asked);
  }

  private Object environment(DataFetchingEnvironment asked) {
    return views(asked)
        .environment(environmentNamed(environmentOf(asked, asked.getArgument("id"))));
  }

  private Object serviceInstance(DataFetchingEnvironment asked) {
    return views(asked).serviceInstance(instanceOf(asked, asked.getArguments()));
  }

  private Object deployments(DataFetchingEnvironment asked) {
    Map<String, Object> input = asked.getArgument("input");
    String environmentId = (String) input.get("environmentId");
    Caller caller = request(asked).caller();
    String environment = environmentId == null ? null : environmentOf(asked, environmentId);
    if (environment == null) {
      ourProject(asked, (String) input.getOrDefault("projectId", platform.projectId()));
    }
    String only = caller.kind() == Caller.Kind.PROJECT ? caller.environment() : environment;
    Object serviceId = input.get("serviceId");
    Views views = views(asked);
    List<Map<String, Object>> found =
        views.newestFirst().stream()
            .filter(d -> only == null || d.environment().equals(only))
            .filter(d -> serviceId == null || platform.serviceId(d.service()).equals(serviceId))
            .filter(d -> statusWanted(input.get("status"), d.status()))
            .map(views::deployment)
            .toList();
    return Relay.page(found, asked);
  }

  private static boolean statusWanted(Object filter, Status status) {
    if (!(filter instanceof Map<?, ?> wanted)) {
      return true;
    }
    boolean in = !(wanted.get("in") instanceof List<?> list) || list.contains(status.name());
    boolean out = wanted.get("notIn") instanceof List<?> list && list.contains(status.name());
    return in && !out;
  }

  private Object deploymentTriggers(DataFetchingEnvironment asked) {
    Instance instance = instanceOf(asked, asked.getArguments());
    Views views = views(asked);
    return Relay.page(
        request(asked).state().triggers().stream()
            .filter(t -> instance.is(t.environment(), t.service()))
            .map(views::trigger)
            .toList(),
        asked);
  }

  private Object autoDeployStatus(DataFetchingEnvironment asked) {
    Instance instance = instanceOf(asked, asked.getArguments());
    State state = request(asked).state();
    boolean enabled = state.autoDeploys(instance.environment().name(), instance.service().name());
    return Map.of("enabled", enabled, "canEnable", true);
  }

  private Object variables(DataFetchingEnvironment asked) {
    if (asked.getArgument("serviceId") == null) {
      environmentOf(asked, asked.getArgument("environmentId"));
      return Map.of();
    }
    Instance instance = instanceOf(asked, asked.getArguments());
    return Variables.of(platform, instance);
  }

  private Object logs(DataFetchingEnvironment asked) {
    Deployment deployment = deploymentOf(asked, "deploymentId");
    Integer limit = asked.getArgument("limit");
    return platform.logs(deployment.id(), limit == null ? 100 : limit).stream()
        .map(
            line ->
                Map.of(
                    "timestamp",
                    deployment.statusUpdatedAt().toString(),
                    "message",
                    line,
                    "severity",
                    "info",
                    "attributes",
                    List.of()))
        .toList();
  }

  private Object events(DataFetchingEnvironment asked) {
    Deployment deployment = deploymentOf(asked, "id");
    Map<String, Object> event = new HashMap<>();
    event.put("id", deployment.id() + "-event");
    event.put("step", deployment.image() == null ? "BUILD_IMAGE" : "HEALTHCHECK");
    event.put("createdAt", deployment.createdAt().toString());
    Instant ended = deployment.status().inProgress() ? null : deployment.statusUpdatedAt();
    event.put("completedAt", ended == null ? null : ended.toString());
    if (deployment.status() == Status.FAILED) {
      event.put("payload", Map.of("error", String.join("\n", platform.logs(deployment.id(), 1))));
    }
    return Relay.page(List.of(event), asked);
  }

  private Object deploy(DataFetchingEnvironment asked) {
    Instance instance = instanceOf(asked, asked.getArguments());
    Deployment deployment =
        platform.deploy(
            instance.environment().name(),
            instance.service().name(),
            asked.getArgument("commitSha"));
    changed(asked, deployment.id());
    return deployment.id();
  }

  private Object rollback(DataFetchingEnvironment asked) {
    Deployment old = deploymentOf(asked, "id");
    platform.rollback(old.id());
    changed(asked, old.id());
    return true;
  }

  private Object redeploy(DataFetchingEnvironment asked) {
    Deployment old = deploymentOf(asked, "id");
    boolean usePrevious = Boolean.TRUE.equals(asked.<Boolean>getArgument("usePreviousImageTag"));
    Deployment deployment = platform.redeploy(old.id(), usePrevious);
    changed(asked, deployment.id());
    return new Views(platform, platform.state()).deployment(deployment);
  }

  private Object createTrigger(DataFetchingEnvironment asked) {
    Map<String, Object> input = asked.getArgument("input");
    Instance instance = instanceOf(asked, input);
    if (!platform.settings().repository().equals(input.get("repository"))) {
      throw new RailwayError(
          "Cannot create deployment trigger because no one in the project has access to it");
    }
    Trigger trigger =
        platform.createTrigger(
            instance.environment().name(),
            instance.service().name(),
            (String) input.get("branch"),
            Boolean.TRUE.equals(input.get("checkSuites")));
    changed(asked, trigger.id());
    return views(asked).trigger(trigger);
  }

  private Object deleteTrigger(DataFetchingEnvironment asked) {
    String id = asked.getArgument("id");
    platform.state().triggers().stream()
        .filter(trigger -> trigger.id().equals(id))
        .findFirst()
        .ifPresent(trigger -> request(asked).caller().mayUse(trigger.environment()));
    if (!request(asked).caller().known()) {
      throw request(asked).caller().refusal();
    }
    platform.deleteTrigger(id);
    changed(asked, id);
    return true;
  }

  private Object autoDeployUpdate(DataFetchingEnvironment asked) {
    Map<String, Object> input = asked.getArgument("input");
    Instance instance = instanceOf(asked, input);
    boolean enabled = Boolean.TRUE.equals(input.get("enabled"));
    platform.autoDeploy(instance.environment().name(), instance.service().name(), enabled);
    changed(asked, instance.id());
    return Map.of("enabled", enabled);
  }

  private Views views(DataFetchingEnvironment asked) {
    return new Views(platform, request(asked).state());
  }

  private static Request request(DataFetchingEnvironment asked) {
    return asked.getGraphQlContext().get(Request.class);
  }

  private static void changed(DataFetchingEnvironment asked, String id) {
    Call call = request(asked).callByField().get(asked.getField().getResultKey());
    if (call != null) {
      call.changedState();
      call.target(call.target().withId(id));
    }
  }

  private void ourProject(DataFetchingEnvironment asked, String id) {
    Caller caller = request(asked).caller();
    if (!caller.known()) {
      throw caller.refusal();
    }
    if (!platform.projectId().equals(id)) {
      throw RailwayError.notFound("Project");
    }
  }

  private String environmentOf(DataFetchingEnvironment asked, String id) {
    Caller caller = request(asked).caller();
    if (!caller.known()) {
      throw caller.refusal();
    }
    String name =
        platform.environmentName(id).orElseThrow(() -> RailwayError.notFound("Environment"));
    caller.mayUse(name);
    return name;
  }

  private EnvironmentSettings environmentNamed(String name) {
    return platform.settings().environments().stream()
        .filter(environment -> environment.name().equals(name))
        .findFirst()
        .orElseThrow(() -> RailwayError.notFound("Environment"));
  }

  private Instance instanceOf(DataFetchingEnvironment asked, Map<String, Object> arguments) {
    String environment = environmentOf(asked, (String) arguments.get("environmentId"));
    String service =
        platform
            .serviceName((String) arguments.get("serviceId"))
            .orElseThrow(() -> RailwayError.notFound("ServiceInstance"));
    return platform.instance(environment, service);
  }

  private Deployment deploymentOf(DataFetchingEnvironment asked, String argument) {
    Request request = request(asked);
    if (!request.caller().known()) {
      throw request.caller().refusal();
    }
    Deployment deployment =
        request
            .state()
            .deployment(asked.getArgument(argument))
            .orElseThrow(() -> RailwayError.notFound("Deployment"));
    request.caller().mayUse(deployment.environment());
    return deployment;
  }
}
