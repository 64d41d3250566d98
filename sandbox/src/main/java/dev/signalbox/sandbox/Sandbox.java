package dev.signalbox.sandbox;

import static dev.signalbox.sandbox.SandboxJson.JSON;

import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.git.GitRepository;
import dev.signalbox.sandbox.github.FakeGitHub;
import dev.signalbox.sandbox.railway.CommitChecks;
import dev.signalbox.sandbox.railway.Platform;
import dev.signalbox.sandbox.railway.RailwayEndpoint;
import dev.signalbox.sandbox.slack.FakeSlack;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Railway, a GitHub and a Slack on this machine, over real HTTP, with services that really
 * answer. Tokens are made at the start; nothing survives {@link #close}.
 */
public final class Sandbox implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A second person at GitHub: nobody approves a pull request of one's own. */
  public static final String REVIEWER = "ana-dev";

  private final SandboxSettings settings;
  private final Journal journal = new Journal();
  private final Faults faults = new Faults();
  private final Deliveries deliveries = new Deliveries(faults);
  private final SandboxClock clock = new SandboxClock();
  private final String railwayToken = token("railway_");
  private final String githubToken = token("ghp_");
  private final String reviewerToken = token("ghp_");
  private final String slackToken = token("xoxb-");
  private final String slackSigningSecret = token("");
  private final Map<String, String> projectTokens = new LinkedHashMap<>();
  private final Scratch directory;
  private final GitRepository repository;
  private final FakeGitHub github;
  private final FakeSlack slack;
  private final Platform platform;
  private final Javalin server;

  private Sandbox(SandboxSettings settings, Scratch directory) {
    this.settings = settings;
    this.directory = directory;
    this.repository = openRepository();
    // Before the first commits: it reports their checks as for any push.
    this.github =
        new FakeGitHub(
            repository,
            new Door("github", journal, faults, clock),
            new Door("git", journal, faults, clock),
            faults,
            clock,
            githubToken);
    github.addToken(reviewerToken, REVIEWER);
    settings.environments().forEach(e -> projectTokens.put(e.name(), token("project_")));
    if (settings.original() == null) {
      DemoRepository.fill(
          repository, settings.environments().stream().map(EnvironmentSettings::branch).toList());
    }
    this.platform = new Platform(settings, repository, clock);
    platform.askForChecks(sha -> verdict(github.checkRuns(sha).values()));
    platform.seed();
    platform.sendWebhooksBy(deliveries);
    repository.onPush(platform::pushed);
    platform.followPullRequests(github::railwaysPulls);
    this.slack =
        new FakeSlack(
            new Door("slack", journal, faults, clock),
            clock,
            slackToken,
            slackSigningSecret,
            settings.slack());
    this.server = serve();
    slack.servedAt(url());
    // Not before: a webhook must not hear of how the sandbox was filled.
    github.servedAt(githubUrl());
    github.searchLag(settings.github().searchLag());
    github.secondaryLimits(settings.github().secondary());
    settings
        .github()
        .webhooks()
        .forEach(hook -> github.addWebhook(hook.url(), hook.secret(), hook.events()));
  }

  /** What all check suites of a commit say together; without any it is green. */
  private static CommitChecks.Verdict verdict(Collection<String> states) {
    if (states.contains("failure")) {
      return CommitChecks.Verdict.RED;
    }
    return states.contains("pending") ? CommitChecks.Verdict.PENDING : CommitChecks.Verdict.GREEN;
  }

  /** Starts it; everything that the settings name is live when this returns. */
  public static Sandbox start(SandboxSettings settings) {
    Scratch directory = Scratch.create();
    try {
      return new Sandbox(settings, directory);
    } catch (RuntimeException failed) {
      // A taken port, for instance: what was made for nothing goes again.
      directory.close();
      throw failed;
    }
  }

  private GitRepository openRepository() {
    Path bare = directory.path().resolve("repository.git");
    return settings.original() == null
        ? GitRepository.create(bare, settings.repository())
        : GitRepository.cloneOf(settings.original(), bare, settings.repository());
  }

  private Javalin serve() {
    Door railway = new Door("railway", journal, faults, clock);
    Map<String, String> environmentByToken = new HashMap<>();
    projectTokens.forEach(
        (environment, token) -> environmentByToken.put(token, environmentId(environment)));
    RailwayEndpoint railwayEndpoint =
        new RailwayEndpoint(platform, railway, clock, railwayToken, environmentByToken);
    ControlEndpoint control =
        new ControlEndpoint(platform, railwayEndpoint, github, slack, journal, faults, clock);
    return Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              railwayEndpoint.register(config.routes);
              control.register(config.routes);
              github.register(config.routes);
              slack.register(config.routes);
            })
        .start("127.0.0.1", settings.port());
  }

  static String token(String prefix) {
    byte[] bytes = new byte[20];
    RANDOM.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }

  /** {@code http://127.0.0.1:P}. */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  public String railwayUrl() {
    return url() + RailwayEndpoint.PATH;
  }

  /** An account's token: {@code Authorization: Bearer}. */
  public String railwayToken() {
    return railwayToken;
  }

  /** A project token, which reaches this environment alone: {@code Project-Access-Token}. */
  public String projectToken(String environment) {
    return projectTokens.get(environment);
  }

  /** Of the main project. */
  public String projectId() {
    return platform.projectId();
  }

  /** Of the project that holds this environment. */
  public String projectId(String environment) {
    return platform.projectId(environment);
  }

  public String environmentId(String name) {
    return platform.environmentId(name);
  }

  /** In the main project. */
  public String serviceId(String name) {
    return platform.serviceId(name);
  }

  /** In the project that holds this environment. */
  public String serviceId(String environment, String name) {
    return platform.serviceId(environment, name);
  }

  /** The steady address of a service, {@code http://127.0.0.1:Q}. */
  public String serviceUrl(String environment, String service) {
    return platform.instance(environment, service).url();
  }

  public String githubUrl() {
    return url() + "/api/v3";
  }

  /** Of {@link #REVIEWER}. */
  public String reviewerToken() {
    return reviewerToken;
  }

  public String githubToken() {
    return githubToken;
  }

  /** Where the Web API's methods are: {@code …/chat.postMessage}. */
  public String slackUrl() {
    return url() + "/slack";
  }

  /** The app's token: {@code Authorization: Bearer}. */
  public String slackToken() {
    return slackToken;
  }

  /** Signs what Slack sends. */
  public String slackSigningSecret() {
    return slackSigningSecret;
  }

  /** Slack's inside, for tests and the demo to play. */
  public FakeSlack slack() {
    return slack;
  }

  /** OWNER/NAME. */
  public String repositoryName() {
    return settings.repository();
  }

  public String cloneUrl() {
    return url() + "/" + settings.repository() + ".git";
  }

  public Journal journal() {
    return journal;
  }

  public Faults faults() {
    return faults;
  }

  public SandboxClock clock() {
    return clock;
  }

  /** GitHub's inside: its checks, reviews and protections, for tests and the demo to play. */
  public FakeGitHub github() {
    return github;
  }

  public GitRepository repository() {
    return repository;
  }

  /** Railway's inside, for tests that look behind the API. */
  public Platform railway() {
    return platform;
  }

  /**
   * Commits these files on top of a branch, as a push does: triggers deploy, checks run. Gives the
   * new SHA.
   */
  public String pushRelease(String branch, Map<String, byte[]> files, String message) {
    return repository.push(branch, files, message);
  }

  /** Names of the checks that the repository's services report on push. */
  List<String> checks() {
    return settings.original() == null ? List.of("python-ci") : List.of();
  }

  /**
   * Writes {@code signalbox.toml} and {@code sandbox.env}: with them every command of Signalbox
   * works on this sandbox.
   */
  public void write(Path into) {
    write(into, false);
  }

  /** As {@link #write}, with people told at Slack too. */
  void writeWithSlack(Path into) {
    write(into, true);
  }

  private void write(Path into, boolean slack) {
    try {
      new WrittenFiles(this, settings, slack).into(into);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the command prints once everything answers: one line of JSON. */
  public String readyLine() {
    Map<String, Object> ready = new LinkedHashMap<>();
    ready.put("ready", true);
    ready.put("url", url());
    Map<String, Object> railway = new LinkedHashMap<>();
    railway.put("url", railwayUrl());
    railway.put("ws", railwayUrl().replaceFirst("^http", "ws"));
    railway.put("token", railwayToken);
    railway.put("projectId", projectId());
    railway.put("projects", platform.projectNames());
    railway.put("projectTokens", projectTokens);
    ready.put("railway", railway);
    Map<String, Object> github = new LinkedHashMap<>();
    github.put("url", githubUrl());
    github.put("token", githubToken);
    github.put("repository", repositoryName());
    github.put("clone", cloneUrl());
    Map<String, Object> reviewer = new LinkedHashMap<>();
    reviewer.put("login", REVIEWER);
    reviewer.put("token", reviewerToken);
    github.put("reviewer", reviewer);
    ready.put("github", github);
    Map<String, Object> chat = new LinkedHashMap<>();
    chat.put("url", slackUrl());
    chat.put("token", slackToken);
    chat.put("signingSecret", slackSigningSecret);
    chat.put("team", FakeSlack.TEAM);
    chat.put("channel", FakeSlack.CHANNEL);
    ready.put("slack", chat);
    ready.put("environments", environments());
    ready.put("pid", ProcessHandle.current().pid());
    try {
      return JSON.writeValueAsString(ready);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> environments() {
    Map<String, Object> environments = new LinkedHashMap<>();
    for (EnvironmentSettings environment : settings.environments()) {
      Map<String, Object> services = new LinkedHashMap<>();
      for (var service : settings.services()) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", serviceId(environment.name(), service.name()));
        view.put("url", serviceUrl(environment.name(), service.name()));
        services.put(service.name(), view);
      }
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("id", environmentId(environment.name()));
      view.put("projectId", projectId(environment.name()));
      view.put("services", services);
      environments.put(environment.name(), view);
    }
    return environments;
  }

  @Override
  public void close() {
    server.stop();
    deliveries.close();
    github.close();
    platform.close();
    repository.close();
    directory.close();
  }
}
