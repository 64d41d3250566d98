package dev.signalbox.workflows.migration;

import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.DATA;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static dev.signalbox.workflows.migration.RevisionClass.IRREVERSIBLE;
import static dev.signalbox.workflows.migration.RevisionClass.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.PolicyOfMigrations;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.policy.MigrationPolicy.Rehearse;
import dev.signalbox.workflows.policy.MigrationPolicy.RuleVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaChangeTest {
  @Test
  void isNoneWhereNothingIsPending() {
    assertThat(SchemaChange.of(aSchema().plan(), byDefault().build(), false)).isEmpty();
  }

  @Test
  void runsWhatTheFormerCodeBearsBeforeTheNewOneAndTheRestAfterIt() {
    SchemaChange change =
        change(byDefault(), aSchema().with("r1", EXPAND).with("r2", DATA).with("r3", UNKNOWN));

    assertThat(names(change.before())).containsExactly("r1", "r2");
    assertThat(names(change.after())).containsExactly("r3");
  }

  @Test
  void runsAllOfItBeforeTheCodeWhereThePolicySaysSo() {
    SchemaChange change =
        change(
            byDefault().contract(ContractOrder.BEFORE),
            aSchema().with("r1", CONTRACT).with("r2", EXPAND));

    assertThat(names(change.before())).containsExactly("r1", "r2");
    assertThat(change.after()).isEmpty();
  }

  @Test
  void wantsAYesForWhatTheFormerCodeMayNotBearAndForTheRulesThatSaySo() {
    Finding lock = new Finding(1, "require-concurrent-index-creation", "locks", null);
    SchemaFixture schema =
        aSchema().with("r1", EXPAND, lock).with("r2", IRREVERSIBLE).with("r3", CONTRACT);

    assertThat(
            change(
                    byDefault()
                        .contract(ContractOrder.BEFORE)
                        .ruling("require-concurrent-index-creation", RuleVerdict.APPROVE),
                    schema)
                .toBeApproved())
        .containsExactly(
            "r1 breaks require-concurrent-index-creation", "r3 contract (contract because of r3)");
    assertThat(change(byDefault(), schema).toBeApproved())
        .as("what runs after the soak has an approval of its own")
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(RevisionClass.class)
  void rehearsesByDefaultWhatCouldHurt(RevisionClass kind) {
    assertThat(rehearsed(byDefault(), kind))
        .isEqualTo(kind == CONTRACT || kind == UNKNOWN || kind == DATA);
    assertThat(rehearsed(byDefault().rehearsing(Rehearse.ALWAYS), kind)).isTrue();
    assertThat(rehearsed(byDefault().rehearsing(Rehearse.NEVER), kind)).isFalse();
    assertThat(rehearsed(byDefault().rehearsing(Rehearse.ALWAYS).withoutBackup(), kind))
        .as("there is nothing to restore")
        .isFalse();
  }

  private static boolean rehearsed(PolicyOfMigrations policy, RevisionClass kind) {
    return SchemaChange.rehearsed(
        policy.build(),
        change(policy.contract(ContractOrder.BEFORE), aSchema().with("r1", kind)).before());
  }

  private static SchemaChange change(PolicyOfMigrations policy, SchemaFixture schema) {
    return SchemaChange.of(schema.plan(), policy.build(), false).orElseThrow();
  }

  private static List<String> names(List<PendingRevision> revisions) {
    return revisions.stream().map(PendingRevision::revision).toList();
  }
}
