package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding.Backend;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd.FailedRevision;
import dev.signalbox.workflows.release.Moments;
import java.util.List;
import java.util.stream.Collectors;

/** What people read of an upgrade. Pure. */
final class UpgradeWords {
  private static final int LONGEST_STATEMENT = 300;

  private UpgradeWords() {}

  /** Which revision failed, by what and why. */
  static String failed(FailedRevision failed) {
    return "revision "
        + failed.revision()
        + " fails: "
        + failed.error()
        + " ("
        + failed.kind()
        + (failed.sqlState() == null ? "" : ", " + failed.sqlState())
        + ")"
        + (failed.statement() == null
            ? ""
            : " in: " + Excerpt.of(failed.statement(), LONGEST_STATEMENT));
  }

  static String working(List<Backend> backends) {
    return backends.stream()
        .map(
            backend ->
                "connection "
                    + backend.pid()
                    + " is "
                    + backend.state()
                    + (backend.since() == null ? "" : " since " + Moments.text(backend.since()))
                    + (backend.statement() == null ? "" : ": " + backend.statement()))
        .collect(Collectors.joining("; "));
  }
}
