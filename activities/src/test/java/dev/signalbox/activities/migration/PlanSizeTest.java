package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.migration.Finding;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import dev.signalbox.workflows.migration.RevisionClass;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanSizeTest {
  private static PlannedRevision revision(int number, String sql) {
    return new PlannedRevision(
        "r" + number,
        List.of(),
        "Message of revision " + number + " " + "m".repeat(400),
        "ana",
        "versions/r" + number + ".py",
        "h".repeat(64),
        RevisionClass.CONTRACT,
        IntStream.range(0, 30).mapToObj(i -> "reason " + i + " " + "x".repeat(200)).toList(),
        true,
        true,
        false,
        sql,
        null,
        IntStream.range(0, 20)
            .mapToObj(i -> new Finding(i, "rule-" + i % 3, "f".repeat(300), "h".repeat(300)))
            .toList());
  }

  private static MigrationPlan plan(int revisions, String sql) {
    return new MigrationPlan(
        State.BEHIND,
        List.of(),
        List.of("r" + (revisions - 1)),
        IntStream.range(0, revisions).mapToObj(number -> revision(number, sql)).toList(),
        List.of("a note"));
  }

  private static int bytes(MigrationPlan plan) {
    try {
      return WireFormat.mapper().writeValueAsBytes(plan).length;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void carriesNoSqlWhereNobodyWantsIt() {
    MigrationPlan fitting = PlanSize.fitting(plan(1, "select 1"), false);

    assertThat(fitting.revisions().get(0).sql()).isNull();
    assertThat(fitting.notes()).containsExactly("a note");
  }

  @Test
  void leavesAPlanThatFitsAsItIs() {
    MigrationPlan fitting = PlanSize.fitting(plan(1, "select 1"), true);

    assertThat(fitting.revisions().get(0).sql()).isEqualTo("select 1");
    assertThat(fitting.revisions().get(0).findings()).hasSize(20);
    assertThat(fitting.notes()).containsExactly("a note");
  }

  @Test
  void keepsEachRevisionItsClassAndTheRulesItBreaksHoweverLongAPlanIs() {
    MigrationPlan fitting = PlanSize.fitting(plan(300, "s".repeat(100_000)), true);

    assertThat(bytes(fitting)).isLessThan(400_000);
    assertThat(fitting.revisions())
        .hasSize(300)
        .allSatisfy(
            revision -> {
              assertThat(revision.kind()).isEqualTo(RevisionClass.CONTRACT);
              assertThat(revision.reasons().get(0)).startsWith("reason 0");
              assertThat(revision.findings())
                  .extracting(Finding::rule)
                  .containsExactlyInAnyOrder("rule-0", "rule-1", "rule-2");
            });
    assertThat(fitting.notes())
        .contains("a note", "too long to be shown as a whole: SQL is left out");
  }

  @Test
  void cutsSqlBeforeAnythingElse() {
    MigrationPlan fitting = PlanSize.fitting(plan(2, "s".repeat(150_000)), true);

    assertThat(fitting.revisions().get(0).sql())
        .hasSizeLessThan(21_000)
        .endsWith("-- 130000 more characters");
    assertThat(fitting.revisions().get(0).findings()).hasSize(20);
    assertThat(fitting.notes())
        .containsExactly("a note", "too long to be shown as a whole: long SQL is cut");
  }
}
