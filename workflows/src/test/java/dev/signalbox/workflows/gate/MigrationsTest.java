package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.DATA;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static dev.signalbox.workflows.migration.RevisionClass.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.fixtures.PolicyOfMigrations;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.migration.Finding;
import dev.signalbox.workflows.migration.MigrationLook;
import dev.signalbox.workflows.migration.MigrationLook.SourceSchema;
import dev.signalbox.workflows.migration.MigrationLook.Unread;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.RevisionClass;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.policy.MigrationPolicy.RuleVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationsTest extends Judging {
  private static final Finding DROP = new Finding(3, "ban-drop-column", "it breaks clients", null);

  @Test
  void areNoGateWhereNobodyMigrates() {
    assertThat(
            Gates.of(aPipeline().build(), REVISION, LedgerRecord.NONE, null, null, false, ANYBODY)
                .judge(aLook().build()))
        .noneMatch(gate -> gate.name().equals("migrations"));
  }

  @Test
  void areMetWhereNothingIsPending() {
    assertThat(judged(byDefault(), aSchema()))
        .isEqualTo(
            GateResult.met(
                "migrations", "the database stands at the code's head r0: nothing to do"));
  }

  @Test
  void nameEachRevisionWithItsClassAndWhy() {
    assertThat(judged(byDefault(), aSchema().with("r1", EXPAND).with("r2", DATA)))
        .isEqualTo(
            GateResult.met(
                "migrations",
                "2 revisions: r1 expand, r2 data (data because of r2); run in staging"));
  }

  @Test
  void failWhereOnlyAVolumeIsBackedUpForARevisionThatCouldLoseSomething() {
    assertThat(judged(byDefault().ofVolume("postgres"), aSchema().with("r1", EXPAND)).state())
        .isEqualTo(GateResult.State.MET);
    GateResult result =
        judged(byDefault().ofVolume("postgres"), aSchema().with("r1", EXPAND).with("r2", DATA));
    assertThat(result.state()).isEqualTo(GateResult.State.FAILED);
    assertThat(result.evidence())
        .startsWith("r2 data (data because of r2) needs a backup that was proved")
        .contains("backup = \"pg_dump\"", "without_backup");
    assertThat(
            judged(
                    byDefault().ofVolume("postgres").unproved("it is filled again"),
                    aSchema().with("r1", DATA))
                .state())
        .isEqualTo(GateResult.State.MET);
  }

  @Test
  void sayWhichOfThemWaitForTheSoak() {
    assertThat(judged(byDefault(), aSchema().with("r1", EXPAND).with("r2", CONTRACT)).evidence())
        .contains("r2 contract (contract because of r2); from r2 on when the code has soaked");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AHEAD|requester|ahead of the code's head r0; promote a commit that has these revisions",
        "DIVERGED|operators|they exclude each other; find out who changed it",
        "MULTIPLE_HEADS|requester|merge them (`alembic merge heads`)",
        "UNKNOWN_REVISION|requester|which this code does not know",
        "NO_ALEMBIC|requester|there is no Alembic in backend of this commit"
      })
  void failWhereNoUpgradeCouldBeginEachInItsOwnWords(
      MigrationPlan.State state, String owner, String words) {
    GateResult gate = judged(byDefault(), aSchema().in(state));

    assertThat(gate.state()).isEqualTo(State.FAILED);
    assertThat(gate.owner()).isEqualTo(owner);
    assertThat(gate.evidence()).contains(words);
  }

  @Test
  void failWhereTheDatabaseIsBehindAndNoRevisionIsNamed() {
    GateResult gate = judged(byDefault(), aSchema().in(MigrationPlan.State.BEHIND));

    assertThat(gate.state()).isEqualTo(State.FAILED);
    assertThat(gate.evidence()).contains("no pending revision was named");
  }

  @Test
  void waitForADatabaseThatIsAwayAndFailForAProjectThatCannotBeUsed() {
    assertThat(judged(new MigrationLook(null, new Unread("refused", false), null)))
        .isEqualTo(GateResult.waiting("migrations", "refused", null, "the database"));
    assertThat(judged(new MigrationLook(null, new Unread("no module app", true), null)))
        .isEqualTo(GateResult.failed("migrations", "no module app", "operators"));
  }

  @Test
  void failForAFindingThatTheRulesRefuse() {
    PolicyOfMigrations policy = byDefault().ruling("ban-drop-column", RuleVerdict.REFUSE);

    GateResult gate = judged(policy, aSchema().with("r1", EXPAND, DROP));

    assertThat(gate.state()).isEqualTo(State.FAILED);
    assertThat(gate.evidence())
        .isEqualTo(
            "r1 breaks ban-drop-column, which [migrations.rules] refuses (line 3 of its SQL: it"
                + " breaks clients)");
  }

  @Test
  void countFindingsThatTheRulesDoNotAllow() {
    SchemaFixture schema = aSchema().with("r1", EXPAND, DROP);

    assertThat(judged(byDefault(), schema).evidence()).contains("; 1 finding of squawk");
    assertThat(judged(byDefault().ruling("ban-drop-column", RuleVerdict.ALLOW), schema).evidence())
        .doesNotContain("squawk");
  }

  @ParameterizedTest
  @CsvSource({"CONTRACT", "UNKNOWN"})
  void failForWhatTheFormerCodeMayNotBearWhereThatIsRefused(RevisionClass kind) {
    GateResult gate =
        judged(byDefault().contract(ContractOrder.REFUSE), aSchema().with("r1", kind));

    assertThat(gate.state()).isEqualTo(State.FAILED);
    assertThat(gate.evidence()).startsWith("r1 " + kind.word()).contains("contract = \"refuse\"");
  }

  @Test
  void failForARangeThatCannotBeSplitAndNameTheWayOut() {
    SchemaFixture schema =
        aSchema().with("r1", EXPAND).with("r2", CONTRACT).with("r3", UNKNOWN).with("r4", DATA);

    assertThat(judged(byDefault(), schema))
        .isEqualTo(
            GateResult.failed(
                "migrations",
                "r4 data (data because of r4) comes after r2 contract (contract because of r2), so"
                    + " it would run after the code that may need it; put it before that revision,"
                    + " release that one in a later commit, or set contract = \"before\"",
                "requester"));
    assertThat(judged(byDefault().contract(ContractOrder.BEFORE), schema).state())
        .isEqualTo(State.MET);
  }

  @Test
  void letAMergeOfBranchesRunAfterTheCode() {
    SchemaFixture schema = aSchema().with("r1", CONTRACT).withMerge("r2");

    assertThat(judged(byDefault(), schema).state()).isEqualTo(State.MET);
  }

  @Test
  void splitNothingWhereNoFormerCodeRuns() {
    SchemaFixture schema = aSchema().with("r1", CONTRACT).with("r2", EXPAND);

    assertThat(
            judged(aPipeline().migrating(byDefault()), aLook().withNothingLive(), schema.look())
                .state())
        .isEqualTo(State.MET);
  }

  @Test
  void waitUntilTheSourceHasRunTheSame() {
    SchemaFixture schema = aSchema().with("r1", EXPAND).with("r2", EXPAND).with("r3", EXPAND);

    assertThat(judged(byDefault(), schema.withSourceAt("r1")))
        .isEqualTo(
            GateResult.waiting(
                "migrations",
                "staging has not run r2, r3: its database stands at r1",
                null,
                "whoever deploys staging"));
    assertThat(judged(byDefault(), schema.withSourceAt("r3")).state()).isEqualTo(State.MET);
  }

  @Test
  void nameWhatIsNotKnownOfASourceThatIsAhead() {
    SchemaFixture schema = aSchema().with("r1", EXPAND).with("r2", EXPAND);

    assertThat(judged(byDefault(), schema.withSourceAt("x9")).evidence())
        .isEqualTo(
            "nobody can say whether staging has run r1, r2: its database stands at x9; x9 is not"
                + " pending here, so staging is ahead of this commit (take one that has it) or"
                + " behind this database");
  }

  @Test
  void askTheCommandWhetherTheSourceHasRunTheSame() {
    SchemaFixture schema = aSchema().with("command@1a2b", UNKNOWN).withSourceAt("7");

    assertThat(judged(byDefault().byCommand(), schema.withSourcePending(true)))
        .isEqualTo(
            GateResult.waiting(
                "migrations",
                "staging has not run command@1a2b: its database stands at 7",
                null,
                "whoever deploys staging"));
    assertThat(judged(byDefault().byCommand(), schema.withSourcePending(false)).state())
        .isEqualTo(State.MET);
  }

  @Test
  void sayThatOnlyRailwayReachesTheDatabase() {
    MigrationLook look =
        new MigrationLook(
            MigrationPlan.unseen(byDefault().byRailway().build(), "1a2b3c4d5e6f" + "0".repeat(28)),
            null,
            null);

    assertThat(judged(aPipeline().migrating(byDefault().byRailway()), aLook(), look))
        .isEqualTo(
            GateResult.met(
                "migrations",
                "1 revision: pre-deploy@1a2b3c4d5e6f unknown (without SQL nobody can say what"
                    + " `alembic upgrade head` does); only Railway reaches the database, so it was"
                    + " not read"));
  }

  @Test
  void sayWhoseWordItIsWhereTheDatabaseStands() {
    String record = "the ledger's record of promotion/inspector/production/1";

    assertThat(judged(byDefault().byRailway(), aSchema().with("r1", EXPAND).recorded(record)))
        .isEqualTo(
            GateResult.met(
                "migrations",
                "1 revision: r1 expand; the database was not asked: taken from " + record));
    assertThat(judged(byDefault().byRailway(), aSchema().recorded(record)).evidence())
        .isEqualTo(
            "the database was not asked: by "
                + record
                + " it stands at the code's head r0: nothing to do");
  }

  @Test
  void sayThatTheSourceHasNoSuchDatabase() {
    SchemaFixture schema =
        aSchema().with("r1", EXPAND).withSourceUnread("backend has no DATABASE_URL", true);

    assertThat(judged(byDefault(), schema))
        .isEqualTo(
            GateResult.failed(
                "migrations",
                "whether staging has run them is not known: backend has no DATABASE_URL (where"
                    + " staging is to have no database, say why in without_source under"
                    + " [migrations]; then they run here first)",
                "operators"));
  }

  @Test
  void sayWhyNobodyIsAskedWhetherTheSourceHasRunThem() {
    GateResult gate =
        judged(
            aPipeline().migrating(byDefault().withoutSource("staging has no database")),
            aLook(),
            new MigrationLook(aSchema().with("r1", EXPAND).plan(), null, null));

    assertThat(gate)
        .isEqualTo(
            GateResult.met(
                "migrations",
                "1 revision: r1 expand; not asked whether staging has run them: staging has no"
                    + " database"));
  }

  @Test
  void areClosedByARuleThatNobodyCouldJudge() {
    MigrationPlan read = aSchema().with("r1", EXPAND).plan();
    MigrationLook unlinted =
        new MigrationLook(
            new MigrationPlan(
                read.state(),
                read.database(),
                read.heads(),
                read.revisions(),
                List.of("no findings: squawk ended with 1")),
            null,
            new SourceSchema(List.of("r1"), null));

    assertThat(
            judged(
                    aPipeline()
                        .migrating(byDefault().ruling("ban-drop-column", RuleVerdict.REFUSE)),
                    aLook(),
                    unlinted)
                .evidence())
        .isEqualTo(
            "[migrations.rules] asks what squawk finds, and there are no findings: squawk ended"
                + " with 1");
    assertThat(judged(aPipeline().migrating(byDefault()), aLook(), unlinted).state())
        .isEqualTo(State.MET);
  }

  @Test
  void compareWithNobodyWhereThereIsNoSource() {
    GateResult gate =
        judged(
            aPipeline().withoutSource().migrating(byDefault()),
            aLook(),
            new MigrationLook(aSchema().with("r1", EXPAND).plan(), null, null));

    assertThat(gate).isEqualTo(GateResult.met("migrations", "1 revision: r1 expand"));
  }

  @Test
  void areNoneWhereOnlyAnotherServiceIsDeployed() {
    assertThat(
            named(
                "migrations",
                Gates.of(
                        aPipeline().migrating(byDefault()).build(),
                        REVISION,
                        LedgerRecord.NONE,
                        "frontend",
                        null,
                        false,
                        ANYBODY)
                    .judge(aLook().build())))
        .isEqualTo(GateResult.met("migrations", "nothing is migrated: only frontend is deployed"));
  }

  private static GateResult judged(PolicyOfMigrations policy, SchemaFixture schema) {
    return judged(aPipeline().migrating(policy), aLook(), schema.look());
  }

  private static GateResult judged(MigrationLook look) {
    return judged(aPipeline().migrating(byDefault()), aLook(), look);
  }

  private static GateResult judged(
      PipelineFixture pipeline, FactsFixture facts, MigrationLook look) {
    return named(
        "migrations",
        Gates.of(pipeline.build(), REVISION, LedgerRecord.NONE, null, look, false, ANYBODY)
            .judge(facts.build()));
  }
}
