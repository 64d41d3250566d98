package dev.signalbox.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a sandbox holds.
 *
 * @param port 0 picks a free one
 * @param project the main Railway project's name
 * @param repository OWNER/NAME
 * @param original a repository of this machine to clone with all branches, never written; null
 *     makes a new one with the demo's two commits
 * @param services in order
 * @param environments in order
 * @param plan how long images are kept
 * @param timing how fast the platform works
 * @param requestsPerHour of each Railway token
 * @param requestsPerSecond of each Railway token; 0 = not counted
 * @param github what GitHub adds to the repository
 * @param instances what services have in single environments
 * @param slack where it tells the app what people do
 */
public record SandboxSettings(
    int port,
    String project,
    String repository,
    Path original,
    List<ServiceSettings> services,
    List<EnvironmentSettings> environments,
    Plan plan,
    Timing timing,
    int requestsPerHour,
    int requestsPerSecond,
    GitHubSettings github,
    List<InstanceSettings> instances,
    SlackSettings slack) {

  /**
   * A service of the project.
   *
   * @param directory where its files are in the repository; empty for the root
   * @param watch patterns such as {@code backend/**}; empty deploys every commit
   */
  public record ServiceSettings(String name, String directory, List<String> watch) {}

  /**
   * An environment of a project.
   *
   * @param branch deployed here when the sandbox starts, where it exists
   * @param autoDeploy a push to the branch deploys
   * @param project name of the Railway project that holds it; null = the main one
   */
  public record EnvironmentSettings(
      String name, String branch, boolean autoDeploy, String project) {
    /** In the main project. */
    public EnvironmentSettings(String name, String branch, boolean autoDeploy) {
      this(name, branch, autoDeploy, null);
    }

    /** The same in another project. */
    public EnvironmentSettings in(String otherProject) {
      return new EnvironmentSettings(name, branch, autoDeploy, otherProject);
    }
  }

  /**
   * What a service has in one environment.
   *
   * @param variables by name
   * @param preDeploy a shell's command that runs in the commit's tree before the release starts;
   *     null = none
   */
  public record InstanceSettings(
      String environment, String service, Map<String, String> variables, String preDeploy) {}

  /** Railway's plans, with what each allows. */
  public enum Plan {
    FREE(24, 500, 100, 0),
    TRIAL(24, 500, 100, 0),
    HOBBY(72, 5_000, 1_000, 10),
    PRO(120, 50_000, 10_000, 50);

    private final Duration retention;
    private final int volumeMegabytes;
    private final int requestsPerHour;
    private final int requestsPerSecond;

    Plan(int hours, int volumeMegabytes, int requestsPerHour, int requestsPerSecond) {
      this.requestsPerHour = requestsPerHour;
      this.requestsPerSecond = requestsPerSecond;
      this.retention = Duration.ofHours(hours);
      this.volumeMegabytes = volumeMegabytes;
    }

    /** Size of a new volume. */
    public int volumeMegabytes() {
      return volumeMegabytes;
    }

    /** Of each token (Railway's docs, "Public API", "Rate limits"; of trial they say nothing). */
    public int requestsPerHour() {
      return requestsPerHour;
    }

    /** The same; of free and trial they say nothing: 0. */
    public int requestsPerSecond() {
      return requestsPerSecond;
    }

    public Duration retention() {
      return retention;
    }

    /** As Railway's {@code subscriptionType} says it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How long each part of a deployment takes where {@code sandbox.toml} says nothing.
   *
   * @param queue QUEUED and INITIALIZING
   * @param build BUILDING
   * @param start DEPLOYING
   * @param healthcheck how long a release may stay unhealthy before the deployment FAILED
   * @param creations least time between two environments (or volumes) that are made
   */
  public record Timing(
      Duration queue, Duration build, Duration start, Duration healthcheck, Duration creations) {
    private static final Duration BETWEEN_CREATIONS = Duration.ofSeconds(30);

    /** With Railway's own time between creations. */
    public Timing(Duration queue, Duration build, Duration start, Duration healthcheck) {
      this(queue, build, start, healthcheck, BETWEEN_CREATIONS);
    }

    /** The same with another time between creations. */
    public Timing creatingEvery(Duration time) {
      return new Timing(queue, build, start, healthcheck, time);
    }

    public static final Timing DEFAULT =
        new Timing(
            Duration.ofMillis(200),
            Duration.ofMillis(600),
            Duration.ofMillis(200),
            Duration.ofSeconds(2));

    /** For tests: as fast as it goes. */
    public static final Timing QUICK =
        new Timing(
            Duration.ofMillis(20),
            Duration.ofMillis(60),
            Duration.ofMillis(40),
            Duration.ofMillis(300));
  }

  /** The demo's project: backend and frontend on staging and production. */
  public static SandboxSettings demo() {
    return new SandboxSettings(
        0,
        "inspector",
        "acme/inspector",
        null,
        List.of(
            new ServiceSettings("backend", "backend", List.of()),
            new ServiceSettings("frontend", "frontend", List.of())),
        List.of(
            new EnvironmentSettings("staging", "staging", true),
            new EnvironmentSettings("production", "main", false)),
        Plan.PRO,
        Timing.DEFAULT,
        10_000,
        0,
        GitHubSettings.NONE,
        List.of(),
        SlackSettings.NONE);
  }

  public SandboxSettings withPort(int port) {
    return with(parts -> parts.port = port);
  }

  public SandboxSettings withTiming(Timing timing) {
    return with(parts -> parts.timing = timing);
  }

  public SandboxSettings withPlan(Plan plan) {
    return with(parts -> parts.plan = plan);
  }

  public SandboxSettings withRequestsPerHour(int requestsPerHour) {
    return with(parts -> parts.requestsPerHour = requestsPerHour);
  }

  public SandboxSettings withRequestsPerSecond(int requestsPerSecond) {
    return with(parts -> parts.requestsPerSecond = requestsPerSecond);
  }

  public SandboxSettings withServices(List<ServiceSettings> services) {
    return with(parts -> parts.services = services);
  }

  public SandboxSettings withEnvironments(List<EnvironmentSettings> environments) {
    return with(parts -> parts.environments = environments);
  }

  public SandboxSettings withProject(String project) {
    return with(parts -> parts.project = project);
  }

  /** Clones {@code original} as OWNER/NAME; null begins with the demo's commits. */
  public SandboxSettings withRepository(String ownerAndName, Path original) {
    return with(
        parts -> {
          parts.repository = ownerAndName;
          parts.original = original;
        });
  }

  public SandboxSettings withGitHub(GitHubSettings github) {
    return with(parts -> parts.github = github);
  }

  public SandboxSettings withSlack(SlackSettings slack) {
    return with(parts -> parts.slack = slack);
  }

  public SandboxSettings withInstances(List<InstanceSettings> instances) {
    return with(parts -> parts.instances = instances);
  }

  /** Names of the projects: the main one, and the others in the order of their environments. */
  public List<String> projects() {
    return Stream.concat(Stream.of(project), environments.stream().map(this::projectOf))
        .distinct()
        .toList();
  }

  private String projectOf(EnvironmentSettings environment) {
    return Objects.requireNonNullElse(environment.project(), project);
  }

  /** What this project alone has of it, as if there were no other. */
  public SandboxSettings only(String name) {
    return with(
        parts -> {
          parts.project = name;
          parts.environments =
              environments.stream().filter(e -> projectOf(e).equals(name)).toList();
        });
  }

  private SandboxSettings with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.together();
  }

  /** The settings while one of them changes. */
  private static final class Parts {
    private int port;
    private String project;
    private String repository;
    private Path original;
    private List<ServiceSettings> services;
    private List<EnvironmentSettings> environments;
    private Plan plan;
    private Timing timing;
    private int requestsPerHour;
    private int requestsPerSecond;
    private GitHubSettings github;
    private List<InstanceSettings> instances;
    private SlackSettings slack;

    private Parts(SandboxSettings settings) {
      port = settings.port;
      project = settings.project;
      repository = settings.repository;
      original = settings.original;
      services = settings.services;
      environments = settings.environments;
      plan = settings.plan;
      timing = settings.timing;
      requestsPerHour = settings.requestsPerHour;
      requestsPerSecond = settings.requestsPerSecond;
      github = settings.github;
      instances = settings.instances;
      slack = settings.slack;
    }

    private SandboxSettings together() {
      return new SandboxSettings(
          port,
          project,
          repository,
          original,
          services,
          environments,
          plan,
          timing,
          requestsPerHour,
          requestsPerSecond,
          github,
          instances,
          slack);
    }
  }
}
