package dev.signalbox.sandbox.railway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.Deliveries;
import dev.signalbox.sandbox.OpenPull;
import dev.signalbox.sandbox.Repository;
import dev.signalbox.sandbox.SandboxClock;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.running.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The sandbox's Railway without its API: an account's workspace with its projects, as the rest of
 * the sandbox, and tests, see it. Environments are named here; of a name that several projects
 * have, the first project's is meant.
 */
public final class Platform implements AutoCloseable {
  /** Arguments that say what a call is about, before any other. */
  private static final List<String> FIRST = List.of("projectId", "environmentId", "id");

  private final SandboxSettings settings;
  private final Repository repository;
  private final Workspace workspace = new Workspace();
  private final List<Project> projects;

  public Platform(SandboxSettings settings, Repository repository, SandboxClock clock) {
    this.settings = settings;
    this.repository = repository;
    this.projects =
        settings.projects().stream()
            .map(name -> new Project(workspace, settings.only(name), repository, clock))
            .toList();
  }

  /** A Railway project, as people and configurations name it. */
  public record ProjectName(String id, String name) {}

  List<Project> projects() {
    return projects;
  }

  /** Where everything is that names no project. */
  Project main() {
    return projects.get(0);
  }

  private Optional<Project> find(String environment) {
    return projects.stream().filter(project -> project.has(environment)).findFirst();
  }

  private Project having(String environment) {
    return find(environment)
        .orElseThrow(
            () -> new IllegalArgumentException("the sandbox has no environment " + environment));
  }

  private Project having(Environment environment) {
    return projects.stream()
        .filter(project -> project.state().environment(environment.id()).isPresent())
        .findFirst()
        .orElseThrow(() -> RailwayError.notFound("Environment"));
  }

  /**
   * The project that a call is about.
   *
   * @param arguments the texts among its arguments
   * @param states of each project, as the call sees it
   */
  Optional<Project> about(Map<String, String> arguments, Map<World, State> states) {
    return Stream.concat(
            FIRST.stream().map(arguments::get).filter(Objects::nonNull),
            arguments.values().stream())
        .flatMap(id -> projects.stream().filter(p -> p.knows(id, states.get(p.world()))))
        .findFirst();
  }

  public SandboxSettings settings() {
    return settings;
  }

  public Repository repository() {
    return repository;
  }

  /** The main one first. */
  public List<ProjectName> projectNames() {
    return projects.stream()
        .map(p -> new ProjectName(p.world().projectId(), p.state().project().name()))
        .toList();
  }

  /** Of the main project. */
  public String projectId() {
    return main().world().projectId();
  }

  public String projectId(String environment) {
    return having(environment).world().projectId();
  }

  public String projectId(Environment environment) {
    return having(environment).world().projectId();
  }

  public String environmentId(String name) {
    return having(name).state().environmentNamed(name).orElseThrow().id();
  }

  /** In the main project. */
  public String serviceId(String name) {
    return main().world().serviceId(name);
  }

  /** In the project of this environment. */
  public String serviceId(String environment, String name) {
    return having(environment).world().serviceId(name);
  }

  public String serviceId(Instance instance) {
    return having(instance.environment()).world().serviceId(instance.service().name());
  }

  public Instance instance(String environment, String service) {
    return having(environment).instance(environment, service);
  }

  private <T> List<T> ofAll(Function<State, List<T>> part) {
    List<T> all = new ArrayList<>();
    projects.forEach(project -> all.addAll(part.apply(project.state())));
    return all;
  }

  public List<Environment> environments() {
    return ofAll(State::environments);
  }

  public List<Instance> instances(Environment environment) {
    return having(environment).state().instancesIn(environment);
  }

  /** Of each project, oldest first. */
  public List<Deployment> deployments() {
    return ofAll(State::deployments);
  }

  public List<Trigger> triggers() {
    return ofAll(State::triggers);
  }

  public List<?> volumeInstances() {
    return ofAll(State::volumes);
  }

  /** As they were set, references unresolved; a sealed one is null. */
  public Map<String, String> variables(Instance instance) {
    return having(instance.environment()).variables(instance.environment(), serviceId(instance));
  }

  /** Those that the environment's services share, as they were set; a sealed one is null. */
  public Map<String, String> sharedVariables(Environment environment) {
    return having(environment).variables(environment, null);
  }

  /**
   * Changes what runs before a release starts.
   *
   * @param command of a shell; null = nothing
   */
  public void preDeploy(String environment, String service, String command) {
    having(environment).preDeploy(environment, service, command);
  }

  /** Of one service in one environment, newest first; none where there is no such environment. */
  public List<Deployment> deployments(String environment, String service) {
    return find(environment)
        .map(project -> project.state().deployments(environment, service))
        .orElse(List.of());
  }

  /** Newest first. */
  public List<Deployment> deployments(Instance instance) {
    Environment environment = instance.environment();
    return having(environment).state().deployments(environment.name(), instance.service().name());
  }

  /** The one that serves, if any. */
  public Optional<Deployment> active(Instance instance) {
    Environment environment = instance.environment();
    return having(environment).state().active(environment.name(), instance.service().name());
  }

  /** The one that serves, if any. */
  public Optional<Deployment> active(String environment, String service) {
    return find(environment).flatMap(project -> project.state().active(environment, service));
  }

  /** Of each project as it is now. */
  Map<World, State> states() {
    return each(World::state);
  }

  /** Of each project as it was this long ago, or, for zero, before the last write. */
  Map<World, State> stale(Duration by) {
    return each(world -> world.history().stale(by));
  }

  private Map<World, State> each(Function<World, State> reading) {
    Map<World, State> states = new LinkedHashMap<>();
    projects.forEach(project -> states.put(project.world(), reading.apply(project.world())));
    return states;
  }

  void writeBegins() {
    projects.forEach(project -> project.world().history().writeBegins());
  }

  /** Deploys a commit; null means the commit that the service is on. */
  public Deployment deploy(String environment, String service, String sha) {
    return having(environment).deploy(environment, service, sha);
  }

  /** Takes a deployment away, as a person does in Railway's dashboard. */
  public void remove(String deploymentId) {
    projects.stream()
        .filter(project -> project.state().deployment(deploymentId).isPresent())
        .findFirst()
        .orElseThrow(() -> RailwayError.notFound("Deployment"))
        .remove(deploymentId);
  }

  /** A branch moved: triggers deploy, or skip with the reason. */
  public void pushed(String branch, String oldSha, String newSha) {
    projects.forEach(project -> project.pushed(branch, oldSha, newSha));
  }

  /** Who is asked for the check suites of a commit, for triggers that wait for CI. */
  public void askForChecks(CommitChecks checks) {
    projects.forEach(project -> project.triggers().ask(checks));
  }

  /** How webhooks leave; before this is said, none does. */
  public void sendWebhooksBy(Deliveries deliveries) {
    projects.forEach(project -> project.webhooks().sendBy(deliveries));
  }

  /** Whose pull requests get native PR environments, where a project has them switched on. */
  public void followPullRequests(Supplier<List<OpenPull>> pulls) {
    projects.forEach(project -> project.followPullRequests(pulls));
  }

  public Trigger createTrigger(
      String environment, String service, String branch, boolean checkSuites) {
    return having(environment).createTrigger(environment, service, branch, checkSuites);
  }

  /** Mounts a new volume on a service; gives the id of its instance. */
  public String createVolume(String environment, String service, String mountPath) {
    return having(environment).createVolume(environment, service, mountPath);
  }

  /** Puts the environments' branches on the air at once, as if deployed long ago. */
  public void seed() {
    projects.forEach(Project::seed);
  }

  /** Changes what Railway says of itself; see {@code platformStatus}. */
  public Map<String, Object> say(JsonNode changes) {
    return workspace.platform().change(changes);
  }

  /** Changes what the running release does; keys as in {@code sandbox.toml}. */
  public Behaviour behave(String environment, String service, JsonNode changes) {
    return having(environment).behave(environment, service, changes);
  }

  @Override
  public void close() {
    projects.forEach(Project::close);
  }
}
