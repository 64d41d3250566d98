package dev.signalbox.activities.migration;

import dev.signalbox.workflows.migration.CodeCall;
import dev.signalbox.workflows.migration.FindingLines;
import dev.signalbox.workflows.migration.RevisionClass;
import dev.signalbox.workflows.migration.RevisionFacts;
import dev.signalbox.workflows.migration.RevisionJudge;
import dev.signalbox.workflows.migration.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One revision as our file answers it, with its SQL where that is to be had. */
record DescribedRevision(
    String revision,
    List<String> downRevisions,
    String message,
    String author,
    String file,
    String hash,
    List<CodeCall> operations,
    boolean offlineBranches,
    String elsewhere,
    boolean reversible,
    String sql,
    String sqlUnavailable,
    String beyond) {

  /** Where it does more than operations show, that is what it is judged by. */
  RevisionJudge.Verdict worstOf(RevisionJudge.Verdict judged) {
    if (beyond == null) {
      return judged;
    }
    List<String> reasons = new ArrayList<>(judged.reasons());
    reasons.add(0, beyond + ": " + sqlUnavailable);
    boolean worse = judged.kind().compareTo(RevisionClass.UNKNOWN) > 0;
    return new RevisionJudge.Verdict(worse ? judged.kind() : RevisionClass.UNKNOWN, reasons);
  }

  /** What there is to read by the parser: its SQL, or the SQL that stands in its code. */
  String readable() {
    if (sql != null && !sql.isBlank()) {
      return sql;
    }
    StringBuilder literal = new StringBuilder();
    for (CodeCall call : operations) {
      String text = call.literalSql();
      if (text != null) {
        literal.append(text.strip().replaceAll(";$", "")).append(";\n");
      }
    }
    return literal.isEmpty() ? null : literal.toString();
  }

  RevisionFacts facts(Map<String, SqlReader.Reading> readings) {
    SqlReader.Reading reading = readings.get(revision);
    List<SqlStatement> statements = reading == null ? List.of() : reading.statements();
    return new RevisionFacts(
        revision,
        downRevisions,
        message,
        author,
        file,
        hash,
        operations,
        offlineBranches,
        elsewhere,
        reversible,
        sql,
        sqlUnavailable,
        statements,
        reading == null ? null : reading.unparsed(),
        reading == null ? List.of() : FindingLines.of(reading.findings(), operations, statements));
  }
}
