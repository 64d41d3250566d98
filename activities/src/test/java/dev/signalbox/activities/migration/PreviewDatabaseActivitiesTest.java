package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.migration.SourceArchive.Limits;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.GivenSlots;
import dev.signalbox.activities.railway.PreviewActivitiesImpl;
import dev.signalbox.activities.railway.RailwayClients;
import dev.signalbox.activities.railway.ServiceVariables;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.InstanceSettings;
import dev.signalbox.sandbox.SandboxSettings.Timing;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.DropOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.PrepareOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.Prepared;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.ReachOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.SeedOrder;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database of a preview beside that of its base, on a real PostgreSQL. */
class PreviewDatabaseActivitiesTest extends OnSandbox {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final String VARIABLE = "DATABASE_URL";

  private final String base = POSTGRES.database();
  private final Pace pace = Pace.of(Clock.systemUTC());

  @TempDir Path directory;
  private PreviewDatabaseActivities databases;
  private PreviewActivities environments;
  private String environment;
  private String name;

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
                Map.of("PATH", System.getenv("PATH"), "PREVIEWS", POSTGRES.maintenance()),
                SERVED,
                pace));
    environment = "pr-" + (1 + Math.floorMod(System.nanoTime(), 1_000_000));
    name = "signalbox_" + environment.replace('-', '_');
    make(environment);
  }

  @Test
  void makesOneBesideTheBasesAndLeadsEveryVariableOfThePreviewThere() {
    POSTGRES.query(
        base, "create table if not exists alembic_version as select '0003' as version_num");

    Prepared prepared = databases.prepare(order("first", null));

    assertThat(prepared).isEqualTo(new Prepared(name, true, false, List.of("0003")));
    assertThat(POSTGRES.query(own(), "select current_database()")).isEqualTo(name);
    assertThat(value("backend", VARIABLE)).isEqualTo(own());
    assertThat(value("frontend", "STORE")).isEqualTo(own());
    assertThat(value("frontend", "PGDATABASE")).isEqualTo(name);
    assertThat(value("frontend", "OTHER")).isEqualTo("a word");
  }

  @Test
  void throwsAwayWhatIsInItOnceForOneWordHoweverLateAnAttemptComes() {
    databases.prepare(order("first", null));
    POSTGRES.query(own(), "create table kept ()");

    databases.prepare(order("first", null));
    databases.prepare(order(null, null));
    assertThat(tables()).isEqualTo("1");

    databases.prepare(order("second", null));
    assertThat(tables()).isEqualTo("0");
  }

  @Test
  void isReachedThroughTheVariableOnlyAsLongAsThatLeadsThere() {
    databases.prepare(order("first", null));
    ReachOrder reach = new ReachOrder(reference(environment), name);

    assertThat(databases.reach(reach).not()).isNull();
    set(environment, base);
    assertThat(databases.reach(reach).not())
        .isEqualTo("it leads to the database " + database(base));
    set(environment, "postgresql://nobody:word@127.0.0.1:1/" + name);
    assertThat(databases.reach(reach).not()).contains("127.0.0.1").doesNotContain("word");
  }

  @Test
  void goesOnWithItWhereTheAnswerAboutTheVariablesWasLost() {
    PrepareOrder order = order("first", null);
    sandbox.faults().add(Rule.of("variableCollectionUpsert", Fault.RESET_AFTER));
    assertThat(typeOf(() -> databases.prepare(order))).isEqualTo(FailureType.UNAVAILABLE);
    POSTGRES.query(own(), "create table kept ()");

    databases.prepare(order);

    assertThat(tables()).isEqualTo("1");
    assertThat(value("backend", VARIABLE)).isEqualTo(own());
    assertThat(value("frontend", "STORE")).isEqualTo(own());
  }

  @Test
  void takesOnAnEmptyOneThatWasMadeAndNotMarked() {
    POSTGRES.server().database(name);

    databases.prepare(order("first", null));

    assertThat(comment()).isEqualTo("signalbox preview/inspector/" + environment + "; made first");
  }

  @Test
  void touchesNoDatabaseOfThatNameThatSomebodyElseMade() {
    POSTGRES.query(POSTGRES.server().database(name), "create table theirs ()");

    assertThat(failureOf(() -> databases.prepare(order("first", null))).getOriginalMessage())
        .contains("was not made for this preview");
    assertThat(databases.drop(dropping(null)).there()).isFalse();
    assertThat(tables()).isEqualTo("1");
  }

  @Test
  void dropsItWhoeverIsConnectedAndTakesAMissingOneForDropped() {
    databases.prepare(order("first", null));

    try (DatabaseSession held = DatabaseSession.open(new DatabaseAddress("OWN", own()), "a test")) {
      assertThat(held.value("select 1")).isEqualTo("1");
      assertThat(databases.drop(dropping(null)).there()).isTrue();
    }

    assertThat(databases.drop(dropping(null)).there()).isFalse();
    assertThat(comment()).isEmpty();
  }

  @Test
  void makesItOnTheServerThatTheWorkersVariableNames() {
    assertThat(databases.prepare(order("first", "PREVIEWS")).made()).isTrue();
    assertThat(databases.drop(dropping("PREVIEWS")).there()).isTrue();

    assertThat(failureOf(() -> databases.prepare(order("first", "NOTHING"))).getOriginalMessage())
        .contains("variable NOTHING, which [previews] database names, is not set");
  }

  @Test
  void usesTheOneThatWasCopiedWithItsEnvironment() {
    String copied = POSTGRES.database();
    set(environment, copied);

    Prepared prepared = databases.prepare(order("first", null));

    assertThat(prepared.made()).isFalse();
    assertThat(prepared.name()).isEqualTo(database(copied));
    assertThat(value("backend", VARIABLE)).isEqualTo(copied);
  }

  @Test
  void refusesTheBasesOwnByAnotherAddress() {
    set(environment, base.replace("127.0.0.1", "localhost"));

    assertThat(failureOf(() -> databases.prepare(order("first", null))).getOriginalMessage())
        .contains("leads to the database of staging by another address")
        .doesNotContain(POSTGRES.server().password());
  }

  @Test
  void fillsItOnceAndTellsTheLastWordsOfACommandThatFails() {
    databases.prepare(order("first", null));

    assertThat(seed("echo no $DATABASE_URL >&2; exit 3").failed()).isEqualTo("exit code 3");
    assertThat(seed("echo no $DATABASE_URL >&2; exit 3").log())
        .singleElement()
        .asString()
        .startsWith("no ")
        .doesNotContain(POSTGRES.server().password());
    assertThat(seed("test \"$DATABASE_URL\" = '" + own() + "'").failed()).isNull();
    assertThat(databases.prepare(order(null, null)).seeded()).isTrue();
    assertThat(seed("exit 3").failed()).isNull();
  }

  @Test
  void setsNothingInAnEnvironmentThatIsNoPreviewOfThisRun() {
    PrepareOrder other =
        new PrepareOrder(
            reference("staging"), reference("production"), null, name, "preview/x/pr-1", "first");
    variables().set("backend", VARIABLE, base);

    assertThat(typeOf(() -> databases.prepare(other))).isEqualTo(FailureType.REJECTED);
  }

  @Test
  void makesNoneWhereNothingMayBeSetAndNoneWasCopied() {
    PrepareOrder order = order("first", null);

    Prepared prepared =
        databases.prepare(
            new PrepareOrder(
                order.base(), order.preview(), null, name, order.mark(), order.anew(), true));

    assertThat(prepared.name()).isNull();
    assertThat(value("backend", VARIABLE)).isEqualTo(base);
  }

  private PreviewDatabaseActivities.Seeded seed(String script) {
    return databases.seed(
        new SeedOrder(
            reference(environment),
            new MigrationSourceReference(
                sandbox.repositoryName(),
                head("staging"),
                Policies.with("backend", List.of(), Duration.ofSeconds(1), Duration.ofMinutes(1))),
            List.of("sh", "-c", script)));
  }

  private PrepareOrder order(String anew, String server) {
    return new PrepareOrder(
        reference("staging"),
        reference(environment),
        server,
        name,
        "preview/inspector/" + environment,
        anew);
  }

  private DropOrder dropping(String server) {
    return new DropOrder(reference("staging"), server, name, "preview/inspector/" + environment);
  }

  private DatabaseReference reference(String where) {
    return new DatabaseReference(
        PROJECT, new Home(sandbox.projectId(), null), where, "backend", VARIABLE);
  }

  private String own() {
    return POSTGRES.named(name);
  }

  private String tables() {
    return POSTGRES.query(own(), "select count(*) from pg_tables where schemaname = 'public'");
  }

  private String comment() {
    return POSTGRES.query(
        base,
        "select shobj_description(oid, 'pg_database') from pg_database where datname = '"
            + name
            + "'");
  }

  private static String database(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  private String value(String service, String variable) {
    return new ServiceVariables(RailwayClients.only(railway(Clock.systemUTC())))
        .read(new Home(sandbox.projectId(), null), environment, service)
        .values()
        .get(variable);
  }

  private void set(String where, String value) {
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
