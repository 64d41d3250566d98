package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.OpenPull;
import dev.signalbox.sandbox.Repository;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
import dev.signalbox.sandbox.running.Behaviour;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One project of the sandbox's Railway with its environments, services and what runs there. Each
 * topic is a part of its own; this puts them together.
 */
final class Project implements AutoCloseable {
  private final World world;
  private final Lifecycle lifecycle;
  private final Deployments deployments;
  private final Triggers triggers;
  private final Environments environments;
  private final PullEnvironments pullEnvironments;
  private final VariableChanges variables;
  private final Webhooks webhooks;
  private final Volumes volumes;
  private final Domains domains;
  private final ConfigPatch patches;

  /**
   * @param settings of this project alone
   */
  Project(
      Workspace workspace, SandboxSettings settings, Repository repository, SandboxClock clock) {
    this.world = new World(workspace, settings, repository, clock);
    this.lifecycle = new Lifecycle(world);
    this.deployments = new Deployments(world, lifecycle);
    this.triggers = new Triggers(world, deployments);
    this.environments = new Environments(world, deployments);
    this.pullEnvironments = new PullEnvironments(world, environments);
    this.variables = new VariableChanges(world, deployments);
    this.webhooks = new Webhooks(world);
    this.volumes = new Volumes(world);
    this.domains = new Domains(world);
    this.patches = new ConfigPatch(world, deployments, triggers, variables);
    settings.environments().forEach(this::install);
  }

  private void install(EnvironmentSettings wanted) {
    Environment environment =
        new Environment(
            World.newId(), wanted.name(), wanted.branch(), false, null, world.now(), null);
    world.history().change(draft -> draft.environments.add(environment));
    for (var service : world.services()) {
      Instance instance =
          world.install(environment, service, config(wanted.name(), service.name()));
      variables.put(world.scope(instance), given(wanted.name(), service.name()));
      if (wanted.autoDeploy()) {
        triggers.create(instance, wanted.branch(), false);
      }
    }
  }

  private Map<String, Object> config(String environment, String service) {
    return settings(environment, service)
        .map(InstanceSettings::preDeploy)
        .map(command -> Map.<String, Object>of("preDeployCommand", List.of(command)))
        .orElse(Map.of());
  }

  private Map<String, Variable> given(String environment, String service) {
    Map<String, Variable> given = new TreeMap<>();
    settings(environment, service)
        .ifPresent(
            settings ->
                settings
                    .variables()
                    .forEach((name, value) -> given.put(name, new Variable(value, false))));
    return given;
  }

  private Optional<InstanceSettings> settings(String environment, String service) {
    return world.settings().instances().stream()
        .filter(
            settings ->
                settings.environment().equals(environment) && settings.service().equals(service))
        .findFirst();
  }

  /** Whether this id is the project's own, of one of its services, or of what it held then. */
  boolean knows(String id, State then) {
    return world.projectId().equals(id) || world.service(id).isPresent() || then.holds(id);
  }

  World world() {
    return world;
  }

  Deployments deployments() {
    return deployments;
  }

  Triggers triggers() {
    return triggers;
  }

  Environments environments() {
    return environments;
  }

  VariableChanges variables() {
    return variables;
  }

  Webhooks webhooks() {
    return webhooks;
  }

  Volumes volumes() {
    return volumes;
  }

  Domains domains() {
    return domains;
  }

  ConfigPatch patches() {
    return patches;
  }

  State state() {
    return world.state();
  }

  /** Whether it has an environment of this name. */
  boolean has(String environment) {
    return state().environmentNamed(environment).isPresent();
  }

  Instance instance(String environment, String service) {
    return state()
        .instance(environment, service)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the sandbox has no service " + service + " in " + environment));
  }

  /**
   * As they were set, references unresolved; a sealed one is null.
   *
   * @param serviceId null for those that the environment's services share
   */
  Map<String, String> variables(Environment environment, String serviceId) {
    Map<String, String> shown = new TreeMap<>();
    state()
        .variablesIn(new Scope(environment.id(), serviceId))
        .forEach((name, variable) -> shown.put(name, variable.sealed() ? null : variable.value()));
    return shown;
  }

  /** See {@link Platform#preDeploy}. */
  void preDeploy(String environment, String service, String command) {
    world.inOrder(
        () -> {
          Instance instance = instance(environment, service);
          Map<String, Object> config = new TreeMap<>(instance.config());
          config.put("preDeployCommand", command == null ? List.of() : List.of(command));
          patches.configure(instance, config);
        });
  }

  /** See {@link Platform#deploy}. */
  Deployment deploy(String environment, String service, String sha) {
    return world.inOrder(() -> deployments.deploy(instance(environment, service), sha));
  }

  void remove(String deploymentId) {
    world.inOrder(() -> deployments.remove(deploymentId));
  }

  void pushed(String branch, String oldSha, String newSha) {
    world.inOrder(() -> triggers.pushed(branch, oldSha, newSha));
  }

  void followPullRequests(Supplier<List<OpenPull>> pulls) {
    pullEnvironments.follow(pulls);
  }

  Trigger createTrigger(String environment, String service, String branch, boolean checkSuites) {
    return world.inOrder(
        () -> triggers.create(instance(environment, service), branch, checkSuites));
  }

  String createVolume(String environment, String service, String mountPath) {
    Scope scope = world.scope(instance(environment, service));
    return world.inOrder(
        () ->
            volumes
                .of(
                    volumes.create(
                        state().environments().stream()
                            .filter(one -> one.id().equals(scope.environmentId()))
                            .toList(),
                        scope.serviceId(),
                        mountPath))
                .get(0)
                .id());
  }

  /** See {@link Platform#seed}. */
  void seed() {
    for (Instance instance : state().instances()) {
      world
          .repository()
          .resolve(instance.environment().branch())
          .ifPresent(commit -> world.inOrder(() -> deployments.seed(instance, commit)));
    }
  }

  /** See {@link Platform#behave}. */
  Behaviour behave(String environment, String service, JsonNode changes) {
    Deployment active =
        state()
            .active(environment, service)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "nothing runs as " + service + " in " + environment));
    return world.inOrder(() -> lifecycle.behave(active, changes));
  }

  @Override
  public void close() {
    world.close();
    world.inOrder(lifecycle::close);
  }
}
