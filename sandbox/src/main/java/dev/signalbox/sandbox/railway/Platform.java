package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.Deliveries;
import dev.signalbox.sandbox.OpenPull;
import dev.signalbox.sandbox.Repository;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
import dev.signalbox.sandbox.running.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The sandbox's Railway without its API: one project with its environments, services and what runs
 * there. Each topic is a part of its own; this puts them together and is what the rest of the
 * sandbox, and tests, see.
 */
public final class Platform implements AutoCloseable {
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

  public Platform(SandboxSettings settings, Repository repository, SandboxClock clock) {
    this.world = new World(settings, repository, clock);
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

  public SandboxSettings settings() {
    return world.settings();
  }

  public Repository repository() {
    return world.repository();
  }

  public String projectId() {
    return world.projectId();
  }

  public List<Instance> instances() {
    return state().instances();
  }

  public String environmentId(String name) {
    return state()
        .environmentNamed(name)
        .map(Environment::id)
        .orElseThrow(() -> new IllegalArgumentException("the sandbox has no environment " + name));
  }

  public String serviceId(String name) {
    return world.serviceId(name);
  }

  public Instance instance(String environment, String service) {
    return state()
        .instance(environment, service)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the sandbox has no service " + service + " in " + environment));
  }

  public State state() {
    return world.state();
  }

  /**
   * As they were set, references unresolved; a sealed one is null.
   *
   * @param service null for those that the environment's services share
   */
  public Map<String, String> variables(String environment, String service) {
    String serviceId = service == null ? null : serviceId(service);
    Map<String, String> shown = new TreeMap<>();
    state()
        .variablesIn(new Scope(environmentId(environment), serviceId))
        .forEach((name, variable) -> shown.put(name, variable.sealed() ? null : variable.value()));
    return shown;
  }

  /**
   * Changes what runs before a release starts.
   *
   * @param command of a shell; null = nothing
   */
  public void preDeploy(String environment, String service, String command) {
    world.inOrder(
        () -> {
          Instance instance = instance(environment, service);
          Map<String, Object> config = new TreeMap<>(instance.config());
          config.put("preDeployCommand", command == null ? List.of() : List.of(command));
          patches.configure(instance, config);
        });
  }

  /** Of all environments. */
  public List<?> volumeInstances() {
    return state().volumes();
  }

  /** Of one service in one environment, newest first. */
  public List<Deployment> deployments(String environment, String service) {
    return state().deployments(environment, service);
  }

  /** The one that serves, if any. */
  public Optional<Deployment> active(String environment, String service) {
    return state().active(environment, service);
  }

  State stale(Duration by) {
    return world.history().stale(by);
  }

  void writeBegins() {
    world.history().writeBegins();
  }

  /** Deploys a commit; null means the commit that the service is on. */
  public Deployment deploy(String environment, String service, String sha) {
    return world.inOrder(() -> deployments.deploy(instance(environment, service), sha));
  }

  /** Takes a deployment away, as a person does in Railway's dashboard. */
  public void remove(String deploymentId) {
    world.inOrder(() -> deployments.remove(deploymentId));
  }

  /** A branch moved: triggers deploy, or skip with the reason. */
  public void pushed(String branch, String oldSha, String newSha) {
    world.inOrder(() -> triggers.pushed(branch, oldSha, newSha));
  }

  /** Who is asked for the check suites of a commit, for triggers that wait for CI. */
  public void askForChecks(CommitChecks checks) {
    triggers.ask(checks);
  }

  /** How webhooks leave; before this is said, none does. */
  public void sendWebhooksBy(Deliveries deliveries) {
    webhooks.sendBy(deliveries);
  }

  /** Whose pull requests get native PR environments, once the project has them switched on. */
  public void followPullRequests(Supplier<List<OpenPull>> pulls) {
    pullEnvironments.follow(pulls);
  }

  public Trigger createTrigger(
      String environment, String service, String branch, boolean checkSuites) {
    return world.inOrder(
        () -> triggers.create(instance(environment, service), branch, checkSuites));
  }

  /** Puts the environments' branches on the air at once, as if deployed long ago. */
  public void seed() {
    for (Instance instance : instances()) {
      repository()
          .resolve(instance.environment().branch())
          .ifPresent(commit -> world.inOrder(() -> deployments.seed(instance, commit)));
    }
  }

  /** Changes what Railway says of itself; see {@code platformStatus}. */
  public Map<String, Object> say(JsonNode changes) {
    return world.platform().change(changes);
  }

  /** Changes what the running release does; keys as in {@code sandbox.toml}. */
  public Behaviour behave(String environment, String service, JsonNode changes) {
    Deployment active =
        active(environment, service)
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
