package dev.signalbox.sandbox;

import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
import dev.signalbox.sandbox.SandboxSettings.Plan;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.sandbox.SandboxSettings.Timing;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlInvalidTypeException;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The file of {@code --project}: what is absent stays as in the settings given. Described in
 * docs/reference/sandbox.md.
 */
final class ProjectFile {
  private final Path file;

  private ProjectFile(Path file) {
    this.file = file;
  }

  /** Throws {@link IllegalArgumentException} that names the file and what is wrong in it. */
  static SandboxSettings read(Path file, SandboxSettings otherwise) {
    return new ProjectFile(file).read(otherwise);
  }

  private SandboxSettings read(SandboxSettings otherwise) {
    try {
      return settings(otherwise);
    } catch (TomlInvalidTypeException wrongType) {
      throw wrong(wrongType.getMessage());
    }
  }

  private SandboxSettings settings(SandboxSettings otherwise) {
    TomlParseResult toml;
    try {
      toml = Toml.parse(file);
    } catch (NoSuchFileException missing) {
      throw new IllegalArgumentException(file + ": there is no such file", missing);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
    }
    if (toml.hasErrors()) {
      throw wrong(toml.errors().get(0).toString());
    }
    allow(toml, "", "project", "services", "environments", "timing", "limits", "github", "slack");
    SandboxSettings settings = project(toml.getTableOrEmpty("project"), otherwise);
    settings = settings.withTiming(timing(toml.getTableOrEmpty("timing"), settings.timing()));
    settings = settings.withGitHub(github(toml.getTableOrEmpty("github"), settings.github()));
    settings = settings.withSlack(slack(toml.getTableOrEmpty("slack"), settings.slack()));
    settings = limits(toml, settings, otherwise);
    if (toml.contains("services")) {
      settings = settings.withServices(services(toml.getTableOrEmpty("services")));
    }
    if (toml.contains("environments")) {
      TomlTable environments = toml.getTableOrEmpty("environments");
      settings =
          settings
              .withEnvironments(environments(environments))
              .withInstances(instances(environments, settings.services()));
    }
    if (settings.only(settings.project()).environments().isEmpty()) {
      throw wrong(
          "project " + settings.project() + " has no environment; leave `project` out of one");
    }
    return settings;
  }

  /** What the plan allows, where the file names one and says nothing else. */
  private SandboxSettings limits(
      TomlParseResult toml, SandboxSettings settings, SandboxSettings otherwise) {
    TomlTable limits = toml.getTableOrEmpty("limits");
    allow(limits, "limits.", "per_hour", "per_second");
    boolean planned = toml.contains("project.plan");
    int perHour = planned ? settings.plan().requestsPerHour() : otherwise.requestsPerHour();
    int perSecond = planned ? settings.plan().requestsPerSecond() : otherwise.requestsPerSecond();
    return settings
        .withRequestsPerHour(count(limits, "limits.", "per_hour", 1, perHour))
        .withRequestsPerSecond(count(limits, "limits.", "per_second", 0, perSecond));
  }

  private int count(TomlTable table, String prefix, String key, int least, int otherwise) {
    long count = table.getLong(key, () -> (long) otherwise);
    if (count < least || count > Integer.MAX_VALUE) {
      throw wrong(prefix + key + " is " + least + " or more; found " + count);
    }
    return (int) count;
  }

  /** GitHub's own numbers, where the table is there and says no others. */
  private SecondaryLimits secondary(TomlTable github, SecondaryLimits otherwise) {
    TomlTable table = github.getTable("secondary");
    if (table == null) {
      return otherwise;
    }
    String prefix = "github.secondary.";
    allow(table, prefix, "points", "content_per_minute", "content_per_hour", "concurrent");
    SecondaryLimits usual = SecondaryLimits.GITHUB;
    return new SecondaryLimits(
        count(table, prefix, "points", 0, usual.points()),
        count(table, prefix, "content_per_minute", 0, usual.contentPerMinute()),
        count(table, prefix, "content_per_hour", 0, usual.contentPerHour()),
        count(table, prefix, "concurrent", 0, usual.concurrent()));
  }

  private Plan plan(String name) {
    try {
      return Plan.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw wrong("project.plan is free, trial, hobby or pro; found " + name);
    }
  }

  private SandboxSettings project(TomlTable project, SandboxSettings otherwise) {
    allow(project, "project.", "name", "repository", "plan");
    SandboxSettings settings =
        otherwise
            .withProject(project.getString("name", otherwise::project))
            .withRepository(
                project.getString("repository", otherwise::repository), otherwise.original());
    return settings.withPlan(plan(project.getString("plan", () -> otherwise.plan().text())));
  }

  private Timing timing(TomlTable timing, Timing otherwise) {
    allow(timing, "timing.", "queue", "build", "start", "healthcheck", "creations");
    return new Timing(
        duration(timing, "timing.", "queue", otherwise.queue()),
        duration(timing, "timing.", "build", otherwise.build()),
        duration(timing, "timing.", "start", otherwise.start()),
        duration(timing, "timing.", "healthcheck", otherwise.healthcheck()),
        duration(timing, "timing.", "creations", otherwise.creations()));
  }

  private GitHubSettings github(TomlTable github, GitHubSettings otherwise) {
    allow(github, "github.", "search_lag", "webhooks", "secondary");
    List<GitHubSettings.Webhook> webhooks = new ArrayList<>(otherwise.webhooks());
    TomlArray named = github.getArrayOrEmpty("webhooks");
    for (int i = 0; i < named.size(); i++) {
      webhooks.add(webhook(named.getTable(i)));
    }
    return new GitHubSettings(
        duration(github, "github.", "search_lag", otherwise.searchLag()),
        webhooks,
        secondary(github, otherwise.secondary()));
  }

  private SlackSettings slack(TomlTable slack, SlackSettings otherwise) {
    allow(slack, "slack.", "commands", "interactions");
    return new SlackSettings(
        slack.getString("commands", otherwise::commands),
        slack.getString("interactions", otherwise::interactions));
  }

  private GitHubSettings.Webhook webhook(TomlTable webhook) {
    allow(webhook, "github.webhooks.", "url", "secret", "events");
    String url = webhook.getString("url", () -> "");
    if (!url.matches("https?://.+")) {
      throw wrong("github.webhooks.url is where events are sent, http://…; found '" + url + "'");
    }
    List<String> events =
        webhook.getArrayOrEmpty("events").toList().stream().map(Object::toString).toList();
    return new GitHubSettings.Webhook(
        url, webhook.getString("secret"), events.isEmpty() ? List.of("*") : events);
  }

  private List<ServiceSettings> services(TomlTable services) {
    List<ServiceSettings> read = new ArrayList<>();
    for (String name : inOrder(services, "services")) {
      TomlTable service = services.getTableOrEmpty(List.of(name));
      allow(service, "services." + name + ".", "directory", "watch");
      List<String> watch =
          service.getArrayOrEmpty("watch").toList().stream().map(Object::toString).toList();
      read.add(new ServiceSettings(name, service.getString("directory", () -> name), watch));
    }
    return read;
  }

  private List<EnvironmentSettings> environments(TomlTable environments) {
    List<EnvironmentSettings> read = new ArrayList<>();
    for (String name : inOrder(environments, "environments")) {
      TomlTable environment = environments.getTableOrEmpty(List.of(name));
      allow(
          environment,
          "environments." + name + ".",
          "branch",
          "auto_deploy",
          "project",
          "services");
      read.add(
          new EnvironmentSettings(
              name,
              environment.getString("branch", () -> name),
              environment.getBoolean("auto_deploy", () -> false),
              environment.getString("project")));
    }
    return read;
  }

  private List<InstanceSettings> instances(TomlTable environments, List<ServiceSettings> services) {
    Set<String> known =
        services.stream().map(ServiceSettings::name).collect(Collectors.toCollection(TreeSet::new));
    List<InstanceSettings> read = new ArrayList<>();
    for (String environment : environments.keySet()) {
      TomlTable below =
          environments.getTableOrEmpty(List.of(environment)).getTableOrEmpty("services");
      for (String service : below.keySet()) {
        String prefix = "environments." + environment + ".services." + service;
        if (!known.contains(service)) {
          throw wrong(prefix + ": there is no such service; there are " + known);
        }
        TomlTable instance = below.getTableOrEmpty(List.of(service));
        allow(instance, prefix + ".", "variables", "pre_deploy");
        read.add(
            new InstanceSettings(
                environment, service, variables(instance), instance.getString("pre_deploy")));
      }
    }
    return read;
  }

  private static Map<String, String> variables(TomlTable instance) {
    TomlTable table = instance.getTableOrEmpty("variables");
    Map<String, String> variables = new TreeMap<>();
    table.keySet().forEach(name -> variables.put(name, table.getString(List.of(name))));
    return variables;
  }

  /** As written: later environments are promoted from earlier ones. */
  private List<String> inOrder(TomlTable table, String what) {
    for (String name : table.keySet()) {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw wrong(what + "." + name + ": a name is letters, digits, '.', '_' and '-'");
      }
    }
    if (table.isEmpty()) {
      throw wrong(what + ": name at least one, as [" + what + ".NAME]");
    }
    return table.keySet().stream()
        .sorted(Comparator.comparingInt(key -> table.inputPositionOf(List.of(key)).line()))
        .toList();
  }

  private Duration duration(TomlTable table, String prefix, String key, Duration otherwise) {
    String text = table.getString(key);
    try {
      return text == null ? otherwise : Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(prefix + key + ": " + e.getMessage());
    }
  }

  private void allow(TomlTable table, String prefix, String... keys) {
    Set<String> allowed = Set.of(keys);
    for (String key : table.keySet()) {
      if (!allowed.contains(key)) {
        throw wrong("unknown key " + prefix + key + "; one of " + String.join(", ", keys));
      }
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(file + ": " + what);
  }
}
