package dev.signalbox.sandbox;

import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.sandbox.slack.FakeSlack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files of {@code --write}: a configuration of Signalbox for what the sandbox holds, and the
 * shell variables that point every command at it.
 */
final class WrittenFiles {
  private final Sandbox sandbox;
  private final SandboxSettings settings;
  private final boolean slack;

  /**
   * @param slack whether the configuration tells people at Slack
   */
  WrittenFiles(Sandbox sandbox, SandboxSettings settings, boolean slack) {
    this.sandbox = sandbox;
    this.settings = settings;
    this.slack = slack;
  }

  void into(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("signalbox.toml"), configuration(directory));
    Path environment = directory.resolve("sandbox.env");
    // Made before the tokens go in: at no moment may others read them.
    Files.deleteIfExists(environment);
    Files.createFile(
        environment,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(
        environment, (variables() + (slack ? gateway() : "")).getBytes(StandardCharsets.UTF_8));
  }

  String variables() {
    return """
    export RAILWAY_API_TOKEN='%s'
    export GITHUB_TOKEN='%s'
    export SANDBOX_REVIEWER_TOKEN='%s'
    export SLACK_BOT_TOKEN='%s'
    export SIGNALBOX_SLACK_SIGNING_SECRET='%s'
    export SIGNALBOX_RAILWAY_URL='%s'
    export SIGNALBOX_GITHUB_URL='%s'
    export SIGNALBOX_SLACK_URL='%s'
    export SIGNALBOX_SERVICE_SCHEME='http'
    """
        .formatted(
            sandbox.railwayToken(),
            sandbox.githubToken(),
            sandbox.reviewerToken(),
            sandbox.slackToken(),
            sandbox.slackSigningSecret(),
            sandbox.railwayUrl(),
            sandbox.githubUrl(),
            sandbox.slackUrl());
  }

  /** What doors need: a key that proves decisions, and what webhooks are signed with. */
  private String gateway() {
    return """
    export SIGNALBOX_GATEWAY_KEY='%s'
    export SIGNALBOX_GITHUB_WEBHOOK_SECRET='%s'
    """
        .formatted(Sandbox.token("key_"), Sandbox.token("hook_"));
  }

  private String configuration(Path directory) {
    StringBuilder toml = new StringBuilder();
    toml.append(
        """
        [project]
        name = "%s"
        github = "%s"
        railway = "%s"
        """
            .formatted(settings.project(), settings.repository(), sandbox.projectId()));
    settings.services().forEach(service -> toml.append(service(service)));
    EnvironmentSettings previous = null;
    for (EnvironmentSettings environment : settings.environments()) {
      toml.append(environment(environment, previous));
      previous = environment;
    }
    toml.append(
        """

        [people.release-managers]
        ana = { github = "%s", slack = "%s" }
        """
            .formatted(Sandbox.REVIEWER, FakeSlack.ANA));
    if (keepsSomething()) {
      toml.append(
          """

          [migrations]
          directory = "backend"
          service = "backend"
          url = "%s"

          [archive]
          store = "%s"
          """
              .formatted(DemoRepository.ADDRESS, directory.resolve("archive").toUri()));
    }
    if (settings.environments().size() > 1) {
      toml.append(
          """

          [previews]
          base = "%s"
          """
              .formatted(settings.environments().get(0).name()));
      // A faster Railway than the real one needs no such long pauses.
      if (settings.timing().creations().compareTo(Duration.ofSeconds(30)) < 0) {
        toml.append(
            "create_every = \"%dms\"\n"
                .formatted(withMargin(settings.timing().creations()).toMillis()));
      }
    }
    if (slack) {
      toml.append(
          """

          [notify]
          slack = { token = "env:SLACK_BOT_TOKEN", channel = "%s" }
          """
              .formatted(FakeSlack.CHANNEL));
    }
    return toml.toString();
  }

  /** Whether the demo's backend was given a database. */
  private boolean keepsSomething() {
    return settings.original() == null
        && settings.instances().stream()
            .anyMatch(instance -> instance.variables().containsKey(DemoRepository.ADDRESS));
  }

  private String service(ServiceSettings service) {
    boolean backend = service.name().equals("backend");
    List<String> names = settings.services().stream().map(ServiceSettings::name).toList();
    boolean afterBackend = service.name().equals("frontend") && names.contains("backend");
    return """

    [services.%s]
    health = "%s"
    version = "/version"
    after = [%s]
    """
        .formatted(
            service.name(), backend ? "/api/health" : "/", afterBackend ? "\"backend\"" : "");
  }

  private String environment(EnvironmentSettings environment, EnvironmentSettings from) {
    String name = environment.name();
    StringBuilder toml = new StringBuilder();
    toml.append("\n[environments.%s]\nbranch = \"%s\"\n".formatted(name, environment.branch()));
    if (!sandbox.projectId(name).equals(sandbox.projectId())) {
      toml.append("railway = \"%s\"\n".formatted(sandbox.projectId(name)));
    }
    if (from == null) {
      toml.append("soak = \"0s\"\n");
    } else {
      toml.append("from = \"%s\"\n".formatted(from.name()));
      toml.append(checks());
      toml.append(
          """
          soak = "5s"
          approvals = { required = 1, from = ["release-managers"] }
          trust = ["cli", "temporal-ui"]
          auto_deploy = "refuse"
          """);
    }
    toml.append(
        """

        [environments.%s.limits]
        settle = "3s"
        poll = "500ms"

        [environments.%s.verify]
        every = "500ms"
        """
            .formatted(name, name));
    return toml.toString();
  }

  /** The checks that the sandbox reports on its own repository; a cloned one may have none. */
  private String checks() {
    List<String> checks = sandbox.checks();
    return checks.isEmpty()
        ? ""
        : "checks = ["
            + checks.stream().map(check -> '"' + check + '"').collect(Collectors.joining(", "))
            + "]\n";
  }

  /** As 35 seconds are to Railway's 30: a call takes its time, and not each the same. */
  private static Duration withMargin(Duration limit) {
    return limit.multipliedBy(7).dividedBy(6);
  }
}
