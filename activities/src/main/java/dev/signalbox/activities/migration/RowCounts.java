package dev.signalbox.activities.migration;

import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.DowngradePlan.Loss;
import java.util.List;

/** Counts what would be lost, each within seconds: who waits for a plan gets one all the same. */
final class RowCounts {
  private static final String LONGEST = "set statement_timeout = '10s'; set lock_timeout = '2s'";

  private RowCounts() {}

  /** The same plan with them, where there is a way down. */
  static DowngradePlan counted(DowngradePlan plan, DatabaseAddress database) {
    return plan.refused() == null
        ? new DowngradePlan(plan.to(), plan.plan(), of(plan.losses(), database), null)
        : plan;
  }

  private static List<Loss> of(List<Loss> losses, DatabaseAddress database) {
    if (losses.stream().allMatch(loss -> loss.table() == null)) {
      return losses;
    }
    try (DatabaseSession session = DatabaseSession.open(database, "signalbox-plan")) {
      session.run("set default_transaction_read_only = on");
      session.run(LONGEST);
      return losses.stream().map(loss -> counted(loss, session)).toList();
    }
  }

  /** A table that an earlier step makes, or that is too big, is not counted, and that is said. */
  private static Loss counted(Loss loss, DatabaseSession session) {
    if (loss.table() == null) {
      return loss;
    }
    String what = loss.column() == null ? "*" : quoted(loss.column());
    try {
      return loss.counted(
          Long.valueOf(session.value("select count(" + what + ") from " + quoted(loss.table()))));
    } catch (MigrationException notCounted) {
      return loss;
    }
  }

  /** With its schema, if it has one: the reader hands names over without their quotes. */
  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"").replace(".", "\".\"") + "\"";
  }
}
