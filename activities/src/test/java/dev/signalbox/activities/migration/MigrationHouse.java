package dev.signalbox.activities.migration;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.archive.ArchiveSettings;
import dev.signalbox.activities.backup.InstalledPrograms;
import dev.signalbox.activities.backup.PostgresBackups;
import dev.signalbox.activities.backup.RestoredCopies;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.RailwayClients;
import dev.signalbox.activities.railway.ServiceVariables;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.migration.MigrationActivities;
import dev.signalbox.workflows.migration.MigrationActivities.StandingQuery;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeOrder;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.Pipeline.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The migration activities on a real PostgreSQL, with real Alembic, a GitHub and a Railway. */
abstract class MigrationHouse extends OnSandbox {
  static final PostgresServer POSTGRES = PostgresServer.shared();

  @TempDir Path base;
  MigrationActivities migrations;
  String database;
  String run;
  List<String> python;
  private String variable;

  @BeforeEach
  void register() {
    database = POSTGRES.database();
    // Tests of one class share a Railway.
    variable = "URL_" + UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    run = "deploy/inspector/production/" + UUID.randomUUID();
    // Known by it among the processes of this machine; Python itself does not mind.
    python = List.of(POSTGRES.python().toString(), "-X", "run=" + run);
    variables().set("backend", variable, database);
    migrations = stub(MigrationActivities.class, activities(Pace.of(Clock.systemUTC())));
  }

  MigrationActivitiesImpl activities(Pace pace) {
    return new MigrationActivitiesImpl(
        new PythonEnvironment(System.getenv()),
        new ProjectDatabases(new ServiceVariables(RailwayClients.only(railway(Clock.systemUTC())))),
        new ProjectSources(github(), base.resolve("work"), SourceArchive.Limits.USUAL),
        new RestoredCopies(Optional.of(backups())),
        SERVED,
        pace);
  }

  PostgresBackups backups() {
    return new PostgresBackups(
        new ArchiveSettings("file:" + base.resolve("archive")).open(Map.of()),
        new InstalledPrograms(Map.of("PG_BIN", POSTGRES.programs().toString())));
  }

  DatabaseReference reference() {
    return new DatabaseReference(
        PROJECT, new Home(sandbox.projectId(), null), "production", "backend", variable);
  }

  MigrationPolicy policy() {
    return Policies.with("db", python, Duration.ofMillis(700), Duration.ofMinutes(1));
  }

  MigrationSourceReference pushed(SmallProject project) {
    return pushed(project, policy());
  }

  MigrationSourceReference pushed(SmallProject project, MigrationPolicy policy) {
    return new MigrationSourceReference(
        sandbox.repositoryName(),
        sandbox.pushRelease("staging", project.below("db"), "migrations"),
        policy);
  }

  UpgradeOrder order(MigrationSourceReference source, List<String> from, String... revisions) {
    return new UpgradeOrder(reference(), source, run, from, List.of(revisions));
  }

  StandingQuery standing(MigrationSourceReference source, Duration patience) {
    return new StandingQuery(reference(), source, run, patience);
  }

  void set(String value) {
    variables().set("backend", variable, value);
  }

  String query(String sql) {
    return POSTGRES.query(database, sql);
  }

  /** Server processes that carry the mark of this run. */
  String marked() {
    return query(
        "select count(*) from pg_stat_activity where application_name like 'signalbox:%'"
            + " and datname = current_database()");
  }
}
