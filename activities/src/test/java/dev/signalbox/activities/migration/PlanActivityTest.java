package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.migration.MigrationActivities.PlanOrder;
import dev.signalbox.workflows.migration.MigrationActivities.UnaskedOrder;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import dev.signalbox.workflows.migration.RecordedSchema;
import dev.signalbox.workflows.migration.RevisionClass;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanActivityTest extends MigrationHouse {
  /** With an offline mode, so that there is SQL. */
  private static final String ENV =
      """
      import os
      from alembic import context
      from sqlalchemy import create_engine

      os.environ["SETTING_OF_THE_SERVICE"]
      if context.is_offline_mode():
          context.configure(url=context.config.get_main_option("sqlalchemy.url"), literal_binds=True)
          context.run_migrations()
      else:
          with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
              context.configure(connection=connection)
              with context.begin_transaction():
                  context.run_migrations()
      """;

  private static final SmallProject PROJECT_OF_TWO =
      SmallProject.empty()
          .file("env.py", ENV)
          .sql("r1", "create table users (id int primary key)")
          .revision(
              "r2",
              "with op.get_context().autocommit_block():",
              "    op.execute('create index concurrently ix on users (id)')");

  private static final SmallProject PROJECT_OF_THREE =
      SmallProject.empty()
          .file("env.py", ENV)
          .sql("r1", "create table users (id int primary key)")
          .sql("r2", "alter table users add column name text")
          .sql("r3", "alter table users drop column name");

  private MigrationPlan plan(SmallProject project, boolean withSql) {
    return migrations.plan(new PlanOrder(reference(), pushed(project), withSql));
  }

  @Test
  void plansTheCommitsRevisionsWithTheServicesOwnVariables() {
    variables().set("backend", "SETTING_OF_THE_SERVICE", "there");

    MigrationPlan plan = plan(PROJECT_OF_TWO, true);

    assertThat(plan.state()).isEqualTo(State.BEHIND);
    assertThat(plan.revisions()).extracting(PlannedRevision::revision).containsExactly("r1", "r2");
    assertThat(plan.revisions())
        .extracting(PlannedRevision::transactional)
        .containsExactly(true, false);
    assertThat(plan.revisions().get(0).sql()).contains("create table users");
    assertThat(plan(PROJECT_OF_TWO, false).revisions().get(0).sql()).isNull();
  }

  @Test
  void namesWhatTheProjectMissesWithoutItsSecrets() {
    variables().set("backend", "SETTING_OF_THE_SERVICE", "there");
    variables().set("backend", "API_TOKEN", "canary-of-the-token");
    SmallProject broken =
        SmallProject.empty()
            .file("env.py", "import os\nraise RuntimeError('no ' + os.environ['API_TOKEN'])\n")
            .sql("r1", "select 1");

    ApplicationFailure failure = failureOf(() -> plan(broken, false));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(failure.toString()).contains("RuntimeError: no ***").doesNotContain("canary");
  }

  @Test
  void isTriedAgainWhereTheDatabaseDoesNotAnswer() {
    variables().set("backend", "SETTING_OF_THE_SERVICE", "there");
    set("postgresql://ana:canary-word@127.0.0.1:1/app");

    assertThat(typeOf(() -> plan(PROJECT_OF_TWO, false))).isEqualTo(FailureType.UNAVAILABLE);
  }

  // ---- where only Railway reaches the database

  private MigrationPlan unasked(RecordedSchema recorded, MigrationSourceReference source) {
    set("postgresql://ana:canary-word@127.0.0.1:1/app");
    variables().set("backend", "SETTING_OF_THE_SERVICE", "there");
    return migrations.planUnasked(new UnaskedOrder(reference(), source, recorded, true));
  }

  /** Into a directory of its own: what a test pushes stays in the repository. */
  private MigrationSourceReference pushedInto(String directory, SmallProject project) {
    return new MigrationSourceReference(
        sandbox.repositoryName(),
        sandbox.pushRelease("staging", project.below(directory), "migrations"),
        Policies.with(directory, python, Duration.ofSeconds(1), Duration.ofMinutes(1)));
  }

  @Test
  void plansByTheLedgersRecordWithoutAskingTheDatabase() {
    RecordedSchema recorded = RecordedSchema.of(List.of("r1"), "promotion/p/production/1");

    MigrationPlan plan = unasked(recorded, pushedInto("three", PROJECT_OF_THREE));

    assertThat(plan.sentence())
        .isEqualTo(
            "The database was not asked: by the ledger's record of promotion/p/production/1 it"
                + " stands at r1, 2 revisions behind the code's head r3.");
    assertThat(plan.revisions())
        .extracting(PlannedRevision::revision, PlannedRevision::kind)
        .containsExactly(
            tuple("r2", RevisionClass.IRREVERSIBLE), tuple("r3", RevisionClass.CONTRACT));
    assertThat(plan.revisions().get(1).sql()).contains("drop column name");
    assertThat(plan.toString()).doesNotContain("canary");
  }

  @Test
  void takesTheHeadOfTheLiveCommitWhereNoMigrationIsOnRecord() {
    String live = pushedInto("grows", PROJECT_OF_TWO).revision();

    MigrationPlan plan =
        unasked(RecordedSchema.ofLive(live), pushedInto("grows", PROJECT_OF_THREE));

    assertThat(plan.database()).containsExactly("r2");
    assertThat(plan.revisions()).extracting(PlannedRevision::revision).containsExactly("r3");
    assertThat(plan.recorded()).startsWith("the head of " + live.substring(0, 7));
  }

  @Test
  void knowsOnlyTheHeadsWhereNothingIsOnRecord() {
    MigrationPlan plan = unasked(RecordedSchema.nothing(), pushedInto("first", PROJECT_OF_TWO));

    assertThat(plan.state()).isEqualTo(State.UNSEEN);
    assertThat(plan.heads()).containsExactly("r2");
    assertThat(plan.notes()).contains("what is pending is not known: nothing is on record of it");
  }

  @Test
  void saysThatThePythonOfThePolicyIsNotThere() {
    python = List.of("/no/such/python");

    ApplicationFailure failure = failureOf(() -> plan(PROJECT_OF_TWO, false));

    assertThat(FailureType.of(failure.getType())).isEqualTo(FailureType.REJECTED);
    assertThat(failure.getOriginalMessage())
        .contains("Starting the project's Python (/no/such/python)", "`python` under [migrations]");
  }
}
