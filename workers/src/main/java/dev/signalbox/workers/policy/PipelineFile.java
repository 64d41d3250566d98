package dev.signalbox.workers.policy;

import dev.signalbox.activities.archive.ArchiveSettings;
import dev.signalbox.activities.http.Network;
import dev.signalbox.workers.config.ConfigurationException;
import dev.signalbox.workers.config.Problem;
import dev.signalbox.workers.config.Problems;
import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.Freeze;
import dev.signalbox.workflows.policy.MonitorPolicy;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.policy.Pipeline.Project;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.policy.ServicePolicy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/**
 * What {@code signalbox.toml} says. Only a file without a mistake becomes one; {@link Reading}
 * carries the mistakes otherwise, all of them.
 */
public final class PipelineFile {
  static final String NAME = "up to 64 letters, digits, '.', '_' and '-'";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Project project;
  private final List<Freeze> freezes;
  private final List<Network> networks;
  private final Map<String, ServiceTable> services;
  private final Map<String, EnvironmentTable> environments;
  private final List<Person> people;
  private final Optional<MigrationsTable> migrations;
  private final Optional<ArchiveSettings> archive;
  private final GatewayTable gateway;
  private final NotifyTable notices;
  private final Optional<PreviewsTable> previews;
  private final Map<String, MonitorTable> monitors;

  private PipelineFile(
      ProjectTable project,
      Map<String, ServiceTable> services,
      Map<String, EnvironmentTable> environments,
      List<Person> people,
      Optional<MigrationsTable> migrations,
      Optional<ArchiveSettings> archive,
      GatewayTable gateway,
      NotifyTable notices,
      Optional<PreviewsTable> previews,
      Map<String, MonitorTable> monitors) {
    this.project = project.project();
    this.freezes = project.freezes();
    this.networks = project.networks();
    this.services = services;
    this.environments = environments;
    this.people = people;
    this.migrations = migrations;
    this.archive = archive;
    this.gateway = gateway;
    this.notices = notices;
    this.previews = previews;
    this.monitors = monitors;
  }

  /**
   * @param file null when there are problems
   */
  public record Reading(PipelineFile file, List<Problem> problems) {
    /**
     * @throws ConfigurationException with every mistake
     */
    public PipelineFile orThrow() {
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      return file;
    }
  }

  /** Reads the file; whatever is wrong with it is in the answer. */
  public static Reading load(Path path) {
    String name = shown(path);
    try {
      return parse(name, Files.readString(path));
    } catch (IOException unreadable) {
      return new Reading(
          null,
          List.of(
              new Problem(
                  null,
                  name,
                  unreadable(path, unreadable),
                  "write one (docs/reference/configuration.md), or name it in SIGNALBOX_CONFIG")));
    }
  }

  private static String unreadable(Path path, IOException cause) {
    if (Files.isDirectory(path)) {
      return "is a directory, not a file";
    }
    if (cause instanceof CharacterCodingException) {
      return "is no text in UTF-8";
    }
    return Files.exists(path) ? "cannot be read" : "there is no such file";
  }

  /**
   * @param name what messages call the file
   */
  public static Reading parse(String name, String content) {
    Problems problems = new Problems();
    // Some editors put a mark before the first line; it says nothing that matters here.
    TomlParseResult toml =
        Toml.parse(content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content);
    toml.errors()
        .forEach(
            error ->
                problems.add(
                    new Problem(
                        name + ":" + error.position().line() + ":" + error.position().column(),
                        "syntax",
                        "not TOML",
                        String.valueOf(error.getMessage()))));
    if (toml.hasErrors()) {
      // What could not be parsed would look like missing keys: only the values that are there
      // count.
      Problems values = new Problems();
      read(Section.root(name, toml, values));
      values.list().stream().filter(problem -> !problem.missing()).forEach(problems::add);
      return new Reading(null, problems.list());
    }
    PipelineFile file = read(Section.root(name, toml, problems));
    CrossChecks.of(file.services, file.environments, file.people, file.migrations);
    file.previews.ifPresent(table -> table.check(file.environments, file.migrations, file.people));
    file.monitors.forEach(
        (environment, table) ->
            table.check(environment, file.environments, file.services, file.people));
    return problems.none() ? new Reading(file, List.of()) : new Reading(null, problems.list());
  }

  public Project project() {
    return project;
  }

  /** Names of the environments, in the file's order. */
  public List<String> environments() {
    return List.copyOf(environments.keySet());
  }

  /** Whether there is an environment of this name. */
  public boolean has(String environment) {
    return environments.containsKey(environment);
  }

  /** Where the worker keeps backups: its own affair, so in no snapshot. Empty = nowhere. */
  public Optional<ArchiveSettings> archive() {
    return archive;
  }

  /** Where services may be besides the Internet: the worker's own affair, so in no snapshot. */
  public List<Network> privateNetworks() {
    return networks;
  }

  /** Where people are told besides the pull request. */
  public NotifyTable notices() {
    return notices;
  }

  /** What starts promotions of this environment without anybody asking. */
  public Auto auto(String environment) {
    return environments.get(environment).auto();
  }

  /** How this environment is monitored; empty = it is not. */
  public Optional<MonitorPolicy> monitor(String environment) {
    return Optional.ofNullable(monitors.get(environment)).map(MonitorTable::policy);
  }

  /** Which doors the gateway opens: its own affair, so in no snapshot. */
  public GatewayTable gateway() {
    return gateway;
  }

  /**
   * The snapshot that a run of this environment is judged by.
   *
   * @throws IllegalArgumentException when there is no such environment
   */
  public Pipeline pipeline(String environment) {
    EnvironmentTable table = environments.get(environment);
    if (table == null) {
      throw new IllegalArgumentException(
          "no environment '" + environment + "'; there are: " + String.join(", ", environments()));
    }
    String from = table.policy().from();
    List<ServicePolicy> sorted = sorted(table);
    Pipeline pipeline =
        new Pipeline(
                project,
                policy(table),
                from == null ? null : policy(environments.get(from)),
                sorted,
                people,
                home(table),
                from == null ? null : home(environments.get(from)),
                from == null ? null : sourceServices(environments.get(from), table),
                others(table),
                migrations.map(MigrationsTable::policy).orElse(null))
            .comingFrom(table.origin(environments));
    return notices.slack().map(slack -> pipeline.tellingAtSlack(slack.channel())).orElse(pipeline);
  }

  /** What previews are made by; without {@code [previews]} there is nothing in it. */
  public PreviewSettings previews() {
    if (previews.isEmpty()) {
      return new PreviewSettings(null, null, null);
    }
    String base = previews.get().base();
    EnvironmentTable table = environments.get(base);
    return new PreviewSettings(
        previews.get().policy(table.policy().branch()),
        pipeline(base),
        environments.entrySet().stream()
            .filter(other -> !other.getKey().equals(base))
            .filter(other -> whole(other.getValue()).project().equals(whole(table).project()))
            .map(Map.Entry::getKey)
            .toList(),
        previews.get().database(migrations));
  }

  /** With the freezes of the whole project. */
  private EnvironmentPolicy policy(EnvironmentTable table) {
    return freezes.isEmpty()
        ? table.policy()
        : table.policy().with(table.policy().times().under(freezes));
  }

  /** The Railway projects in which this environment does not live, each once. */
  private List<Home> others(EnvironmentTable table) {
    Map<String, Home> homes = new LinkedHashMap<>();
    for (EnvironmentTable other : environments.values()) {
      Home home = whole(other);
      if (!home.project().equals(whole(table).project())) {
        homes.putIfAbsent(home.project(), home);
      }
    }
    return List.copyOf(homes.values());
  }

  private Home whole(EnvironmentTable table) {
    Home home = home(table);
    return home == null ? new Home(project.railway(), null) : home;
  }

  private List<ServicePolicy> sorted(EnvironmentTable table) {
    List<ServicePolicy> sorted = new ArrayList<>();
    for (ServicePolicy service : DependencyOrder.of(services)) {
      ServiceTable.Deviation deviation = table.deviations().get(service.name());
      sorted.add(deviation == null ? service : deviation.over(service));
    }
    return sorted;
  }

  /** Null where neither of the two changes anything: nothing said is nothing in the digest. */
  private List<ServicePolicy> sourceServices(EnvironmentTable source, EnvironmentTable target) {
    if (source.deviations().isEmpty() && target.deviations().isEmpty()) {
      return null;
    }
    return sorted(source).stream()
        .map(
            service -> {
              ServiceTable.Deviation own = source.deviations().get(service.name());
              return service.at(own == null ? null : own.url());
            })
        .toList();
  }

  /** Null where it is the project's own, by the worker's own token. */
  private Home home(EnvironmentTable table) {
    return table.railway().isEmpty() && table.token().isEmpty()
        ? null
        : new Home(table.railway().orElse(project.railway()), table.token().orElse(null));
  }

  /** Names of the worker's variables that hold the tokens of single environments. */
  public Set<String> tokens() {
    return environments.values().stream()
        .flatMap(table -> table.token().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static PipelineFile read(Section root) {
    PipelineFile file =
        new PipelineFile(
            root.table("project").map(ProjectTable::read).orElseGet(() -> withoutProject(root)),
            services(root),
            environments(root),
            PeopleTables.read(below(root, "people")),
            root.table("migrations").map(MigrationsTable::read),
            root.table("archive").flatMap(ArchiveTable::read),
            root.table("gateway").map(GatewayTable::read).orElse(GatewayTable.ABSENT),
            root.table("notify").map(NotifyTable::read).orElse(NotifyTable.ABSENT),
            root.table("previews").map(PreviewsTable::read),
            MonitorTable.all(below(root, "monitor")));
    root.close(Map.of());
    return file;
  }

  private static ProjectTable withoutProject(Section root) {
    requireTable(root, "project", "allowed: a table with name, github, railway");
    return ProjectTable.ABSENT;
  }

  /** One that is there and no table was refused already. */
  private static void requireTable(Section root, String key, String allowed) {
    if (!root.has(key) || root.hasTable(key)) {
      root.add(key, Problem.MISSING, allowed);
    }
  }

  private static Map<String, ServiceTable> services(Section root) {
    Map<String, ServiceTable> services = new LinkedHashMap<>();
    below(root, "services")
        .forEach(
            (name, section) -> {
              requirePlain(name, section);
              services.put(name, ServiceTable.read(name, section));
            });
    if (services.isEmpty()) {
      requireTable(root, "services", "allowed: at least one table [services.<name>]");
    }
    return services;
  }

  private static Map<String, EnvironmentTable> environments(Section root) {
    Map<String, EnvironmentTable> environments = new LinkedHashMap<>();
    below(root, "environments")
        .forEach(
            (name, section) -> {
              requirePlain(name, section);
              environments.put(name, EnvironmentTable.read(name, section));
            });
    if (environments.isEmpty()) {
      requireTable(root, "environments", "allowed: at least one table [environments.<name>]");
    }
    return environments;
  }

  private static Map<String, Section> below(Section root, String key) {
    return root.table(key).map(Section::tables).orElse(Map.of());
  }

  /** Whether workflow ids and task queues can carry this name. */
  static boolean plain(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }

  private static void requirePlain(String name, Section section) {
    if (!plain(name)) {
      section.refusedHere("found the name " + Section.quoted(name), "allowed: " + NAME);
    }
  }

  private static String shown(Path path) {
    Path file = path.getFileName();
    return file == null ? path.toString() : file.toString();
  }
}
