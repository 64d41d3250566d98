package dev.signalbox.activities.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.migration.Finding;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Makes a plan fit into a history, however long the project's is: texts are cut, in the order in
 * which they are missed least, and it is said. What a rule or a person decides by (states, classes,
 * reasons, the rules that were broken) stays.
 */
final class PlanSize {
  /** Far below the 2 MiB at which Temporal refuses a result, and the 256 KiB at which it warns. */
  private static final int MOST_BYTES = 200_000;

  private static final int LONGEST_SQL = 20_000;
  private static final int SHORT_SQL = 2_000;
  private static final int LONGEST_TEXT = 300;
  private static final int SHORT_TEXT = 60;
  private static final int MANY_REASONS = 10;
  private static final int FEW_REASONS = 1;
  private static final ObjectMapper JSON = WireFormat.mapper();

  private PlanSize() {}

  /** What is given up, and how it is said. */
  private record Cut(String note, UnaryOperator<PlannedRevision> by) {}

  private static final List<Cut> CUTS =
      List.of(
          new Cut("long SQL is cut", one -> withSql(one, LONGEST_SQL)),
          new Cut("the advice of findings is left out", PlanSize::withoutHelp),
          new Cut("each rule is named once for each revision", PlanSize::onceEach),
          new Cut("SQL is cut", one -> withSql(one, SHORT_SQL)),
          new Cut("messages are cut", PlanSize::shortened),
          new Cut("SQL is left out", one -> withSql(one, 0)),
          new Cut("one reason is shown for each revision", PlanSize::firstReason));

  /**
   * @param withSql whether the SQL of the revisions is wanted
   */
  static MigrationPlan fitting(MigrationPlan plan, boolean withSql) {
    return fitting(plan, withSql, MOST_BYTES);
  }

  static MigrationPlan fitting(MigrationPlan plan, boolean withSql, int most) {
    MigrationPlan fitting = each(plan, withSql ? one -> one : one -> withSql(one, 0), null);
    fitting = each(fitting, PlanSize::plain, null);
    for (Cut cut : CUTS) {
      if (bytes(fitting) <= most) {
        return fitting;
      }
      fitting = each(fitting, cut.by(), "too long to be shown as a whole: " + cut.note());
    }
    return fitting;
  }

  private static int bytes(MigrationPlan plan) {
    try {
      return JSON.writeValueAsBytes(plan).length;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static MigrationPlan each(
      MigrationPlan plan, UnaryOperator<PlannedRevision> change, String note) {
    List<PlannedRevision> revisions = plan.revisions().stream().map(change).toList();
    List<String> notes = new ArrayList<>(plan.notes());
    if (note != null && !revisions.equals(plan.revisions())) {
      notes.add(note);
    }
    return plan.with(revisions, notes);
  }

  /** No text of a revision is longer than anybody reads. */
  private static PlannedRevision plain(PlannedRevision one) {
    List<String> reasons =
        one.reasons().stream().map(text -> Excerpt.of(text, LONGEST_TEXT)).toList();
    return changed(
        one,
        Excerpt.of(one.message(), LONGEST_TEXT),
        few(reasons, MANY_REASONS),
        one.sql(),
        one.findings());
  }

  private static PlannedRevision firstReason(PlannedRevision one) {
    return changed(one, one.message(), few(one.reasons(), FEW_REASONS), one.sql(), one.findings());
  }

  private static List<String> few(List<String> reasons, int most) {
    if (reasons.size() <= most) {
      return reasons;
    }
    List<String> few = new ArrayList<>(reasons.subList(0, most));
    few.add("and " + (reasons.size() - most) + " more");
    return few;
  }

  private static PlannedRevision withSql(PlannedRevision one, int longest) {
    String sql = one.sql();
    if (sql != null && sql.length() > longest) {
      sql =
          longest == 0
              ? null
              : Excerpt.begin(sql, longest)
                  + "\n-- "
                  + (sql.length() - longest)
                  + " more characters";
    }
    return changed(one, one.message(), one.reasons(), sql, one.findings());
  }

  private static PlannedRevision withoutHelp(PlannedRevision one) {
    return changed(
        one,
        one.message(),
        one.reasons(),
        one.sql(),
        one.findings().stream().map(found -> found.brief()).toList());
  }

  /** Policy decides by the rule, so each stays. */
  private static PlannedRevision onceEach(PlannedRevision one) {
    Map<String, Finding> first = new LinkedHashMap<>();
    one.findings().forEach(found -> first.putIfAbsent(found.rule(), found));
    return changed(one, one.message(), one.reasons(), one.sql(), List.copyOf(first.values()));
  }

  private static PlannedRevision shortened(PlannedRevision one) {
    return changed(
        one,
        Excerpt.of(one.message(), SHORT_TEXT),
        one.reasons().stream().map(text -> Excerpt.of(text, 2 * SHORT_TEXT)).toList(),
        one.sql(),
        one.findings().stream()
            .map(
                found ->
                    new Finding(
                        found.line(),
                        found.rule(),
                        Excerpt.of(found.message(), SHORT_TEXT),
                        null,
                        found.source()))
            .toList());
  }

  private static PlannedRevision changed(
      PlannedRevision one,
      String message,
      List<String> reasons,
      String sql,
      List<Finding> findings) {
    return new PlannedRevision(
        one.revision(),
        one.downRevisions(),
        message,
        one.author(),
        one.file(),
        one.hash(),
        one.kind(),
        reasons,
        one.reversible(),
        one.transactional(),
        one.empty(),
        sql,
        one.sqlUnavailable(),
        findings);
  }
}
