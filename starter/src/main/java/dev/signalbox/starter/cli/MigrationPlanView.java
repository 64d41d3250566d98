package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.Bearing;
import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.Finding;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A migration plan, for people and as contracts.md's JSON. */
final class MigrationPlanView {
  private final Printer printer;
  private final boolean sql;

  /**
   * @param sql whether the SQL of each revision is printed, too
   */
  MigrationPlanView(Printer printer, boolean sql) {
    this.printer = printer;
    this.sql = sql;
  }

  void print(MigrationPlan plan) {
    printer.object(object(plan));
    lines(plan.sentence(), plan);
  }

  /** What leads up to one revision. */
  void printUp(MigrationPlan plan, String to) {
    Map<String, Object> shown = object(plan);
    shown.put("to", to);
    shown.put("direction", plan.revisions().isEmpty() ? "none" : "up");
    printer.object(shown);
    lines(
        !plan.state().mayRun()
            ? plan.sentence()
            : plan.stands()
                + (plan.revisions().isEmpty()
                    ? " already: nothing to do."
                    : "; " + count(plan) + " up to " + to + "."),
        plan);
  }

  /**
   * What leads down to one revision, or why nothing does.
   *
   * @param plan where the database stands
   * @param bearing whether the code that runs bears where it ends; null = nobody knows what runs
   */
  void printDown(MigrationPlan plan, DowngradePlan down, Bearing bearing) {
    MigrationPlan way = down.plan();
    Map<String, Object> shown = object(plan);
    shown.put(
        "revisions",
        way == null ? List.of() : way.revisions().stream().map(MigrationPlanView::object).toList());
    shown.put("to", down.to());
    shown.put("direction", "down");
    shown.put("losses", down.losses());
    if (down.refused() != null) {
      shown.put("refused", down.refused());
    }
    if (bearing != null) {
      shown.put("bearing", bearing);
    }
    printer.object(shown);
    if (down.refused() != null) {
      printer.line("There is no way down to " + down.to() + ": " + down.refused() + ".");
      return;
    }
    lines(plan.stands() + "; " + count(way) + " taken back down to " + down.to() + ".", way);
    printer.line("");
    printer.line(
        down.losses().isEmpty() ? "Nothing is taken away that holds rows." : "Gone for good:");
    down.losses().forEach(loss -> printer.line("    " + loss.words()));
    if (bearing != null) {
      printer.line("");
      printer.line(
          (bearing.borne() ? "A downgrade may be asked for: " : "A downgrade is refused: ")
              + bearing.why()
              + ".");
    }
  }

  private static String count(MigrationPlan plan) {
    int count = plan.revisions().size();
    return count + (count == 1 ? " revision" : " revisions");
  }

  private void lines(String first, MigrationPlan plan) {
    printer.line(first);
    plan.revisions().forEach(this::print);
    plan.notes().forEach(note -> printer.line("note: " + note));
  }

  private void print(PlannedRevision revision) {
    printer.line("");
    printer.line(
        revision.kind().word()
            + "  "
            + revision.revision()
            + "  "
            + (revision.message() == null ? "" : revision.message())
            + (revision.author() == null ? "" : ", by " + revision.author()));
    printer.line("    " + revision.file() + (revision.reversible() ? "" : "  (no downgrade)"));
    revision.reasons().forEach(reason -> printer.line("    " + reason));
    if (revision.sqlUnavailable() != null) {
      printer.line("    its SQL is not to be had: " + revision.sqlUnavailable());
    }
    findings(revision)
        .forEach((rule, lines) -> printer.line("    squawk: " + rule + " (line " + lines + ")"));
    if (sql && revision.sql() != null) {
      revision.sql().strip().lines().forEach(line -> printer.line("    | " + line));
    }
  }

  private static Map<String, String> findings(PlannedRevision revision) {
    return revision.findings().stream()
        .collect(
            Collectors.groupingBy(
                Finding::rule,
                TreeMap::new,
                Collectors.mapping(
                    finding -> String.valueOf(finding.line()), Collectors.joining(", "))));
  }

  private static Map<String, Object> object(MigrationPlan plan) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("state", plan.state());
    shown.put("database", plan.database());
    shown.put("heads", plan.heads());
    shown.put("revisions", plan.revisions().stream().map(MigrationPlanView::object).toList());
    shown.put("notes", plan.notes());
    if (plan.recorded() != null) {
      shown.put("recorded", plan.recorded());
    }
    return shown;
  }

  private static Map<String, Object> object(PlannedRevision revision) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("revision", revision.revision());
    shown.put("down_revision", down(revision.downRevisions()));
    shown.put("message", revision.message());
    shown.put("author", revision.author());
    shown.put("file", revision.file());
    shown.put("class", revision.kind());
    shown.put("reasons", revision.reasons());
    shown.put("reversible", revision.reversible());
    if (revision.sql() == null) {
      shown.put("sqlUnavailable", revision.sqlUnavailable());
    } else {
      shown.put("sql", revision.sql());
    }
    shown.put("findings", revision.findings());
    return shown;
  }

  /** As Alembic has it: null, one, or a list of those that are merged. */
  private static Object down(List<String> revisions) {
    return switch (revisions.size()) {
      case 0 -> null;
      case 1 -> revisions.get(0);
      default -> revisions;
    };
  }
}
