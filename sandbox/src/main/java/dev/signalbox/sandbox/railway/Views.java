package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Railway's objects as its schema names them, over one {@link State}. Fields that lead to other
 * objects are computed when asked for; fields that nobody set are answered by {@link Defaults}.
 */
final class Views {
  private final Platform platform;
  private final State state;

  Views(Platform platform, State state) {
    this.platform = platform;
    this.state = state;
  }

  Map<String, Object> project() {
    var settings = platform.settings();
    Map<String, Object> view = node(platform.projectId(), settings.project());
    view.put("subscriptionType", settings.plan().text());
    view.put("prDeploys", false);
    view.put("environments", pages(() -> settings.environments(), this::environment));
    view.put("services", pages(() -> settings.services(), this::service));
    String primary = settings.environments().get(settings.environments().size() - 1).name();
    view.put("primaryEnvironmentId", platform.environmentId(primary));
    view.put("deployments", pages(this::newestFirst, this::deployment));
    view.put("deploymentTriggers", pages(state::triggers, this::trigger));
    return view;
  }

  Map<String, Object> environment(EnvironmentSettings environment) {
    String id = platform.environmentId(environment.name());
    Map<String, Object> view = node(id, environment.name());
    view.put("projectId", platform.projectId());
    view.put("isEphemeral", false);
    view.put("canAccess", true);
    view.put("configEtag", "1");
    view.put("config", Map.of("services", Map.of()));
    view.put("unmergedChangesCount", 0);
    view.put(
        "serviceInstances", pages(() -> instancesOf(environment.name()), this::serviceInstance));
    view.put(
        "deploymentTriggers",
        pages(
            () ->
                state.triggers().stream()
                    .filter(t -> t.environment().equals(environment.name()))
                    .toList(),
            this::trigger));
    view.put(
        "deployments",
        pages(
            () ->
                newestFirst().stream()
                    .filter(d -> d.environment().equals(environment.name()))
                    .toList(),
            this::deployment));
    view.put("variables", (Field) asked -> Relay.page(variableNames(environment.name()), asked));
    return view;
  }

  private List<Map<String, Object>> variableNames(String environment) {
    List<Map<String, Object>> nodes = new ArrayList<>();
    for (Instance instance : instancesOf(environment)) {
      for (String name : Variables.of(platform, instance).keySet()) {
        Map<String, Object> view = node(instance.id() + ":" + name, name);
        view.put("isSealed", false);
        view.put("serviceId", platform.serviceId(instance.service().name()));
        view.put("environmentId", platform.environmentId(environment));
        nodes.add(view);
      }
    }
    return nodes;
  }

  Map<String, Object> service(ServiceSettings service) {
    Map<String, Object> view = node(platform.serviceId(service.name()), service.name());
    view.put("projectId", platform.projectId());
    view.put("project", (Field) asked -> project());
    view.put(
        "serviceInstances",
        pages(
            () ->
                platform.instances().stream()
                    .filter(i -> i.service().name().equals(service.name()))
                    .toList(),
            this::serviceInstance));
    return view;
  }

  Map<String, Object> serviceInstance(Instance instance) {
    String environment = instance.environment().name();
    String service = instance.service().name();
    Map<String, Object> view = node(instance.id(), service);
    view.put("serviceId", platform.serviceId(service));
    view.put("serviceName", service);
    view.put("environmentId", platform.environmentId(environment));
    view.put("isUpdatable", true);
    view.put("builder", "RAILPACK");
    view.put("numReplicas", 1);
    view.put("restartPolicyType", "ON_FAILURE");
    view.put("restartPolicyMaxRetries", 10);
    view.put("rootDirectory", instance.service().directory());
    view.put("watchPatterns", instance.service().watch());
    view.put("source", Map.of("repo", platform.settings().repository()));
    view.put("service", (Field) asked -> service(instance.service()));
    view.put("domains", (Field) asked -> domains(instance));
    view.put(
        "latestDeployment",
        (Field) asked -> state.latest(environment, service).map(this::deployment).orElse(null));
    view.put(
        "activeDeployments",
        (Field)
            asked ->
                state.deployments(environment, service).stream()
                    .filter(d -> d.status() == Status.SUCCESS || d.status() == Status.CRASHED)
                    .limit(1)
                    .map(this::deployment)
                    .toList());
    return view;
  }

  Map<String, Object> deployment(Deployment deployment) {
    Map<String, Object> view = node(deployment.id(), null);
    view.put("status", deployment.status().name());
    view.put("statusUpdatedAt", deployment.statusUpdatedAt().toString());
    view.put("createdAt", deployment.createdAt().toString());
    view.put("updatedAt", deployment.statusUpdatedAt().toString());
    view.put("projectId", platform.projectId());
    view.put("environmentId", platform.environmentId(deployment.environment()));
    view.put("serviceId", platform.serviceId(deployment.service()));
    view.put("snapshotId", deployment.id());
    view.put("canRollback", platform.canRollback(deployment));
    view.put("canRedeploy", platform.canRedeploy(deployment));
    view.put("deploymentStopped", deployment.status() == Status.REMOVED);
    view.put("meta", deployment.meta(platform.settings().repository()));
    view.put("instances", containers(deployment));
    Instance instance = platform.instance(deployment.environment(), deployment.service());
    view.put("environment", (Field) asked -> environment(instance.environment()));
    view.put("service", (Field) asked -> service(instance.service()));
    return view;
  }

  private static List<Map<String, Object>> containers(Deployment deployment) {
    String status =
        switch (deployment.status()) {
          case SUCCESS -> "RUNNING";
          case CRASHED -> "CRASHED";
          case REMOVED -> "REMOVED";
          default -> null;
        };
    return status == null
        ? List.of()
        : List.of(Map.of("id", deployment.id() + "-1", "status", status));
  }

  Map<String, Object> trigger(Trigger trigger) {
    Map<String, Object> view = node(trigger.id(), null);
    view.put("branch", trigger.branch());
    view.put("repository", trigger.repository());
    view.put("provider", "github");
    view.put("checkSuites", trigger.checkSuites());
    view.put("validCheckSuites", 0);
    view.put("projectId", platform.projectId());
    view.put("environmentId", platform.environmentId(trigger.environment()));
    view.put("serviceId", platform.serviceId(trigger.service()));
    return view;
  }

  Map<String, Object> domains(Instance instance) {
    Map<String, Object> domain = node(instance.id() + "-domain", null);
    domain.put("domain", instance.host());
    domain.put("environmentId", platform.environmentId(instance.environment().name()));
    domain.put("serviceId", platform.serviceId(instance.service().name()));
    domain.put("projectId", platform.projectId());
    domain.put("syncStatus", "ACTIVE");
    return Map.of("serviceDomains", List.of(domain), "customDomains", List.of());
  }

  List<Deployment> newestFirst() {
    List<Deployment> all = new ArrayList<>(state.deployments());
    Collections.reverse(all);
    return all;
  }

  private List<Instance> instancesOf(String environment) {
    return platform.instances().stream()
        .filter(instance -> instance.environment().name().equals(environment))
        .toList();
  }

  private Map<String, Object> node(String id, String name) {
    Map<String, Object> view = new HashMap<>();
    view.put("id", id);
    view.put("name", name);
    view.put("createdAt", platform.createdAt().toString());
    view.put("updatedAt", platform.createdAt().toString());
    return view;
  }

  private static <T> Field pages(Supplier<List<T>> items, Function<T, Map<String, Object>> view) {
    return (DataFetchingEnvironment asked) ->
        Relay.page(items.get().stream().map(view).toList(), asked);
  }
}
