package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Railway's objects as its schema names them, over one {@link State}. Fields that lead to other
 * objects are computed when asked for; fields that nobody set are answered by {@link Defaults}.
 */
final class Views {
  private final World world;
  private final State state;

  Views(World world, State state) {
    this.world = world;
    this.state = state;
  }

  Map<String, Object> workspace() {
    Map<String, Object> view = node(Account.WORKSPACE_ID, Account.WORKSPACE, world.createdAt());
    view.put("team", Map.of("id", Account.WORKSPACE_ID));
    view.put("projects", (Field) asked -> Relay.page(Asked.projects(asked), asked));
    return view;
  }

  Map<String, Object> project() {
    ProjectOptions options = state.project();
    Map<String, Object> view = node(world.projectId(), options.name(), world.createdAt());
    view.put("description", options.description());
    view.put("subscriptionType", world.settings().plan().text());
    view.put("workspaceId", Account.WORKSPACE_ID);
    view.put("workspace", (Field) asked -> workspace());
    view.put("prDeploys", options.prDeploys());
    view.put("botPrEnvironments", options.botPrEnvironments());
    view.put("focusedPrEnvironments", options.focusedPrEnvironments());
    view.put("baseEnvironmentId", options.baseEnvironmentId());
    view.put(
        "baseEnvironment",
        (Field)
            asked ->
                state
                    .environment(String.valueOf(options.baseEnvironmentId()))
                    .map(this::environment)
                    .orElse(null));
    view.put(
        "environments",
        (Field) asked -> Relay.page(environments(asked.getArgument("isEphemeral")), asked));
    view.put("services", pages(world::services, this::service));
    view.put("primaryEnvironmentId", primary());
    view.put("deployments", pages(this::newestFirst, this::deployment));
    view.put("deploymentTriggers", pages(state::triggers, this::trigger));
    VolumeViews volumes = new VolumeViews(world, state);
    view.put("volumes", pages(volumes::ids, volumes::volume));
    return view;
  }

  List<Map<String, Object>> environments(Boolean ephemeral) {
    return state.environments().stream()
        .filter(e -> ephemeral == null || e.ephemeral() == ephemeral)
        .map(this::environment)
        .toList();
  }

  /** The last of the project's environments in the project file, while it exists. */
  private String primary() {
    List<EnvironmentSettings> first = world.settings().environments();
    return state
        .environmentNamed(first.get(first.size() - 1).name())
        .map(Environment::id)
        .orElse(null);
  }

  Map<String, Object> environment(Environment environment) {
    String name = environment.name();
    Map<String, Object> view = node(environment.id(), name, environment.createdAt());
    EnvironmentConfig config = new EnvironmentConfig(world, state);
    view.put("projectId", world.projectId());
    view.put("isEphemeral", environment.ephemeral());
    view.put("canAccess", true);
    view.put("configEtag", (Field) asked -> config.etag(environment));
    view.put(
        "config",
        (Field)
            asked ->
                config.of(
                    environment,
                    Boolean.TRUE.equals(asked.<Boolean>getArgument("decryptVariables"))));
    view.put("unmergedChangesCount", staged(environment));
    view.put("meta", meta(environment));
    view.put(
        "sourceEnvironment",
        (Field)
            asked ->
                state
                    .environment(String.valueOf(environment.sourceId()))
                    .map(this::environment)
                    .orElse(null));
    view.put(
        "serviceInstances", pages(() -> state.instancesIn(environment), this::serviceInstance));
    view.put(
        "volumeInstances",
        pages(
            () ->
                state.volumes().stream()
                    .filter(v -> v.environmentId().equals(environment.id()))
                    .toList(),
            new VolumeViews(world, state)::instance));
    view.put(
        "deploymentTriggers",
        pages(
            () -> state.triggers().stream().filter(t -> t.environment().equals(name)).toList(),
            this::trigger));
    view.put(
        "deployments",
        pages(
            () -> newestFirst().stream().filter(d -> d.environment().equals(name)).toList(),
            this::deployment));
    view.put("variables", (Field) asked -> Relay.page(variables(environment), asked));
    return view;
  }

  private int staged(Environment environment) {
    Staged waiting = state.staged().get(environment.id());
    return waiting == null
        ? 0
        : waiting.patch().values().stream()
            .mapToInt(part -> part instanceof Map<?, ?> map ? map.size() : 1)
            .sum();
  }

  private Map<String, Object> meta(Environment environment) {
    Environment.PullRequest pull = environment.pullRequest();
    if (pull == null) {
      return null;
    }
    Map<String, Object> meta = new HashMap<>();
    meta.put("prNumber", pull.number());
    meta.put("prTitle", pull.title());
    meta.put("prRepo", world.settings().repository());
    meta.put("branch", pull.branch());
    meta.put("baseBranch", pull.baseBranch());
    return meta;
  }

  private List<Map<String, Object>> variables(Environment environment) {
    List<Map<String, Object>> nodes = new ArrayList<>();
    state
        .variablesIn(new Scope(environment.id(), null))
        .forEach((name, variable) -> nodes.add(variable(environment, null, name, variable)));
    Variables seen = new Variables(world, state);
    for (Instance instance : state.instancesIn(environment)) {
      Map<String, Variable> all = new TreeMap<>();
      seen.provided(instance).forEach((name, value) -> all.put(name, new Variable(value, false)));
      all.putAll(state.variablesIn(world.scope(instance)));
      String service = world.serviceId(instance.service().name());
      all.forEach((name, variable) -> nodes.add(variable(environment, service, name, variable)));
    }
    return nodes;
  }

  private Map<String, Object> variable(
      Environment environment, String serviceId, String name, Variable variable) {
    Map<String, Object> view =
        node(environment.id() + ":" + serviceId + ":" + name, name, world.createdAt());
    view.put("isSealed", variable.sealed());
    view.put("serviceId", serviceId);
    view.put("environmentId", environment.id());
    view.put("references", List.copyOf(Variables.references(variable.value())));
    return view;
  }

  Map<String, Object> service(ServiceSettings service) {
    Map<String, Object> view =
        node(world.serviceId(service.name()), service.name(), world.createdAt());
    view.put("projectId", world.projectId());
    view.put("project", (Field) asked -> project());
    view.put(
        "serviceInstances",
        pages(
            () ->
                state.instances().stream()
                    .filter(i -> i.service().name().equals(service.name()))
                    .toList(),
            this::serviceInstance));
    view.put(
        "deployments",
        pages(
            () -> newestFirst().stream().filter(d -> d.service().equals(service.name())).toList(),
            this::deployment));
    view.put(
        "repoTriggers",
        pages(
            () ->
                state.triggers().stream().filter(t -> t.service().equals(service.name())).toList(),
            this::trigger));
    return view;
  }

  Map<String, Object> serviceInstance(Instance instance) {
    String environment = instance.environment().name();
    String service = instance.service().name();
    Map<String, Object> view = node(instance.id(), service, instance.createdAt());
    view.put("serviceId", world.serviceId(service));
    view.put("serviceName", service);
    view.put("environmentId", instance.environment().id());
    view.put("isUpdatable", true);
    view.put("builder", "RAILPACK");
    view.put("numReplicas", 1);
    view.put("restartPolicyType", "ON_FAILURE");
    view.put("restartPolicyMaxRetries", 10);
    view.putAll(instance.config());
    view.put("rootDirectory", instance.service().directory());
    view.put("watchPatterns", instance.watchPatterns());
    view.put("source", Map.of("repo", world.settings().repository()));
    view.put("service", (Field) asked -> service(instance.service()));
    view.put("domains", (Field) asked -> new DomainViews(world, state).all(instance));
    view.put(
        "latestDeployment",
        (Field) asked -> state.latest(environment, service).map(this::deployment).orElse(null));
    view.put(
        "activeDeployments",
        (Field)
            asked ->
                state.deployments(environment, service).stream()
                    .filter(Deployment::running)
                    .limit(1)
                    .filter(deployment -> !world.hasEndedForGood(deployment.id()))
                    .map(this::deployment)
                    .toList());
    return view;
  }

  Map<String, Object> deployment(Deployment deployment) {
    Map<String, Object> view = node(deployment.id(), null, deployment.createdAt());
    view.put("status", deployment.status().name());
    view.put("statusUpdatedAt", deployment.statusUpdatedAt().toString());
    view.put("updatedAt", deployment.statusUpdatedAt().toString());
    view.put("projectId", world.projectId());
    view.put("serviceId", world.serviceId(deployment.service()));
    view.put("snapshotId", deployment.id());
    view.put("canRollback", Deployments.canRollback(world, deployment));
    view.put("canRedeploy", Deployments.canRedeploy(deployment));
    view.put("deploymentStopped", deployment.progress().stopped());
    view.put("meta", deployment.meta(world.settings().repository()));
    view.put("instances", containers(deployment));
    state
        .instance(deployment)
        .ifPresent(
            instance -> {
              view.put("environmentId", instance.environment().id());
              view.put("environment", (Field) asked -> environment(instance.environment()));
              view.put("service", (Field) asked -> service(instance.service()));
            });
    return view;
  }

  private static List<Map<String, Object>> containers(Deployment deployment) {
    String status =
        switch (deployment.status()) {
          case SUCCESS -> deployment.progress().stopped() ? "EXITED" : "RUNNING";
          case CRASHED -> "CRASHED";
          case REMOVED -> "REMOVED";
          default -> null;
        };
    return status == null
        ? List.of()
        : List.of(Map.of("id", deployment.id() + "-1", "status", status));
  }

  Map<String, Object> trigger(Trigger trigger) {
    Map<String, Object> view = node(trigger.id(), null, world.createdAt());
    view.put("branch", trigger.branch());
    view.put("repository", trigger.repository());
    view.put("provider", "github");
    view.put("checkSuites", trigger.checkSuites());
    view.put("validCheckSuites", 0);
    view.put("projectId", world.projectId());
    state
        .environmentNamed(trigger.environment())
        .ifPresent(environment -> view.put("environmentId", environment.id()));
    view.put("serviceId", world.serviceId(trigger.service()));
    return view;
  }

  List<Deployment> newestFirst() {
    List<Deployment> all = new ArrayList<>(state.deployments());
    Collections.reverse(all);
    return all;
  }

  static Map<String, Object> node(String id, String name, Instant createdAt) {
    Map<String, Object> view = new HashMap<>();
    view.put("id", id);
    view.put("name", name);
    view.put("createdAt", createdAt.toString());
    view.put("updatedAt", createdAt.toString());
    return view;
  }

  static <T> Field pages(Supplier<List<T>> items, Function<T, Map<String, Object>> view) {
    return (DataFetchingEnvironment asked) ->
        Relay.page(items.get().stream().map(view).toList(), asked);
  }
}
