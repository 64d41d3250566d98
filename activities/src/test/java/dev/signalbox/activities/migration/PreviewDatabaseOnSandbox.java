package dev.signalbox.activities.migration;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.migration.SourceArchive.Limits;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.GivenSlots;
import dev.signalbox.activities.railway.PreviewActivitiesImpl;
import dev.signalbox.activities.railway.RailwayClients;
import dev.signalbox.activities.railway.ServiceVariables;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
import dev.signalbox.sandbox.SandboxSettings.Timing;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.DropOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.PrepareOrder;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.railway.PreviewActivities;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A preview whose base has a database, beside which it gets one of its own, on a real PostgreSQL.
 */
abstract class PreviewDatabaseOnSandbox extends OnSandbox {
  static final PostgresServer POSTGRES = PostgresServer.shared();
  static final String VARIABLE = "DATABASE_URL";

  final String base = POSTGRES.database();
  private final Pace pace = Pace.of(Clock.systemUTC());

  @TempDir Path directory;
  PreviewDatabaseActivities databases;
  private PreviewActivities environments;
  String environment;
  String name;

  @Override
  protected Sandbox sandbox() {
    return Sandbox.start(
        SandboxSettings.demo()
            .withTiming(Timing.QUICK.creatingEvery(Duration.ZERO))
            .withInstances(
                List.of(
                    new InstanceSettings("staging", "backend", Map.of(VARIABLE, base), null),
                    new InstanceSettings(
                        "staging",
                        "frontend",
                        Map.of(
                            "STORE", base.replaceFirst("//[^@]*@", "//reader:word@"),
                            "PGDATABASE", database(base),
                            "OTHER", "a word"),
                        null))));
  }

  @BeforeEach
  void register() {
    RailwayClients railway = RailwayClients.only(railway(Clock.systemUTC()));
    environments =
        stub(
            PreviewActivities.class,
            new PreviewActivitiesImpl(railway, SERVED, "http", GivenSlots.FREE, pace));
    databases =
        stub(
            PreviewDatabaseActivities.class,
            new PreviewDatabaseActivitiesImpl(
                new ServiceVariables(railway),
                new ProjectSources(github(), directory, Limits.USUAL),
                Map.of(
                    "PATH", System.getenv("PATH"),
                    "PREVIEWS", POSTGRES.maintenance(),
                    "MAKER", POSTGRES.maker(),
                    "GUARDED", POSTGRES.guarded(base, PostgresServer.PASSWORD)),
                SERVED,
                pace));
    environment = "pr-" + (1 + Math.floorMod(System.nanoTime(), 1_000_000));
    name = "signalbox_" + environment.replace('-', '_');
    make(environment);
  }

  PrepareOrder order(String anew, String server) {
    return new PrepareOrder(
        reference("staging"),
        reference(environment),
        server,
        name,
        "preview/inspector/" + environment,
        anew);
  }

  DropOrder dropping(String server) {
    return new DropOrder(reference("staging"), server, name, "preview/inspector/" + environment);
  }

  DatabaseReference reference(String where) {
    return new DatabaseReference(
        PROJECT, new Home(sandbox.projectId(), null), where, "backend", VARIABLE);
  }

  String own() {
    return POSTGRES.named(name);
  }

  String tables() {
    return POSTGRES.query(own(), "select count(*) from pg_tables where schemaname = 'public'");
  }

  String comment() {
    return POSTGRES.query(
        base,
        "select shobj_description(oid, 'pg_database') from pg_database where datname = '"
            + name
            + "'");
  }

  static String database(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  String value(String service, String variable) {
    return new ServiceVariables(RailwayClients.only(railway(Clock.systemUTC())))
        .read(new Home(sandbox.projectId(), null), environment, service)
        .values()
        .get(variable);
  }

  void set(String where, String value) {
    new ServiceVariables(RailwayClients.only(railway(Clock.systemUTC())))
        .change(
            new Home(sandbox.projectId(), null),
            where,
            "preview/inspector/" + where,
            (service, values) -> service.equals("backend") ? Map.of(VARIABLE, value) : values);
  }

  private void make(String wanted) {
    environments.ensureEnvironment(
        new EnsureOrder(
            PROJECT,
            sandbox.projectId(),
            null,
            wanted,
            "preview/inspector/" + wanted,
            "staging",
            List.of("backend", "frontend"),
            List.of(),
            null,
            null,
            Instant.now()));
  }
}
