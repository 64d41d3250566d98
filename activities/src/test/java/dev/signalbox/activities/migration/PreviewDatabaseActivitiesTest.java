package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.PrepareOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.Prepared;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.ReachOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.SeedOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database of a preview beside that of its base, on a real PostgreSQL. */
class PreviewDatabaseActivitiesTest extends PreviewDatabaseOnSandbox {
  @Test
  void makesOneBesideTheBasesAndLeadsEveryVariableOfThePreviewThere() {
    POSTGRES.query(
        base, "create table if not exists alembic_version as select '0003' as version_num");

    Prepared prepared = databases.prepare(order("first", null));

    assertThat(prepared).isEqualTo(new Prepared(name, true, false, List.of("0003"), true));
    assertThat(POSTGRES.query(own(), "select current_database()")).isEqualTo(name);
    assertThat(POSTGRES.query(value("backend", VARIABLE), "select current_database()"))
        .isEqualTo(name);
    assertThat(value("frontend", "STORE")).isEqualTo(value("backend", VARIABLE));
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
    assertThat(POSTGRES.query(value("backend", VARIABLE), "select current_user")).isEqualTo(name);
    assertThat(value("frontend", "STORE")).isEqualTo(value("backend", VARIABLE));
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
    assertThat(seed("test \"$DATABASE_URL\" = '" + value("backend", VARIABLE) + "'").failed())
        .isNull();
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
}
