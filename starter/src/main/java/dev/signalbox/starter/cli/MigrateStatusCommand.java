package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.backup.WrittenSince;
import dev.signalbox.workflows.environment.HistoryEntry;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.environment.RestorePoint;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.plan.SchemaReport;
import dev.signalbox.workflows.plan.SchemaReport.At;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where an environment's database stands. */
@Command(
    name = "status",
    description =
        "Where the database stands, the heads of the code that is live and of a commit, what lies"
            + " between them, and the last run. The worker's connections are read-only; the"
            + " project's own env.py and revisions are run there, and may do what the worker may.")
final class MigrateStatusCommand extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "ENV",
      completionCandidates = EnvironmentNames.class,
      description = "The environment.")
  String environment;

  @Option(
      names = "--commit",
      paramLabel = "SHA",
      description = "7 to 40 hex; else the head of the source branch.")
  String commit;

  MigrateStatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void check(PipelineFile pipelines) {
    requireEnvironment(pipelines, environment);
    commit = Targets.commit(commit);
  }

  @Override
  int run(SignalboxClient client, PipelineFile pipelines) {
    Optional<LedgerStatus> ledger = client.ledger(environment);
    String live = ledger.map(LedgerStatus::lastGood).map(LiveSet::revision).orElse(null);
    Optional<RestorePoint> restore = ledger.flatMap(RestorePoint::of);
    SchemaReport report =
        SignOfLife.during(
            surroundings,
            "the worker asks the database",
            () ->
                client.schemaStanding(
                    environment, commit, live, restore.map(RestorePoint::backup).orElse(null)));
    Optional<HistoryEntry> last = ledger.flatMap(MigrateStatusCommand::lastRun);
    List<String> underWay = SchemaWords.underWay(ledger);
    Map<String, Object> shown = object(report, last);
    shown.put("underWay", underWay);
    if (restore.isPresent()) {
      shown.put("restore", restore.get());
    }
    if (report.since() != null) {
      shown.put("writtenSince", report.since());
    }
    printer().object(shown);
    print(report, last, underWay);
    restore.ifPresent(point -> printer().line(lost(point, report.since())));
    return MigratePlanCommand.exit(report.asked());
  }

  private static Optional<HistoryEntry> lastRun(LedgerStatus ledger) {
    return ledger.runs().stream()
        .filter(entry -> entry.schema() != null)
        .reduce((earlier, later) -> later);
  }

  private void print(SchemaReport report, Optional<HistoryEntry> last, List<String> underWay) {
    line("live  ", report.running());
    line("commit", report.asked());
    if (report.asked().plan() != null) {
      for (PlannedRevision revision : report.asked().plan().revisions()) {
        printer()
            .line(
                "  pending  "
                    + revision.kind().word()
                    + "  "
                    + revision.revision()
                    + "  "
                    + Objects.requireNonNullElse(revision.message(), ""));
      }
    }
    SchemaWords.runs(last, underWay).forEach(printer()::line);
  }

  private String lost(RestorePoint point, WrittenSince since) {
    return since == null
        ? point.words(environment)
        : "a restore to backup " + point.backup() + ": " + since.words();
  }

  private void line(String what, At at) {
    if (at != null) {
      printer()
          .line(
              what
                  + "  "
                  + ShortCommit.of(at.revision())
                  + "  "
                  + (at.plan() == null ? at.unread() : at.plan().sentence()));
    }
  }

  private static Map<String, Object> object(SchemaReport report, Optional<HistoryEntry> last) {
    MigrationPlan plan = report.asked().plan();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("database", plan == null ? null : plan.database());
    shown.put("live", at(report.running()));
    shown.put("commit", at(report.asked()));
    shown.put(
        "pending",
        plan == null
            ? List.of()
            : plan.revisions().stream().map(PlannedRevision::revision).toList());
    shown.put("lastRun", last.map(MigrateStatusCommand::run).orElse(null));
    return shown;
  }

  private static Map<String, Object> at(At at) {
    if (at == null) {
      return null;
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("revision", at.revision());
    shown.put("state", at.plan() == null ? null : at.plan().state());
    shown.put("heads", at.plan() == null ? null : at.plan().heads());
    if (at.unread() != null) {
      shown.put("unread", at.unread());
    }
    return shown;
  }

  private static Map<String, Object> run(HistoryEntry entry) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", entry.id());
    shown.put("at", entry.at());
    shown.put("result", entry.result().word());
    shown.put("schema", entry.schema());
    return shown;
  }
}
