package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.github.PullActivities.Remark;
import dev.signalbox.workflows.migration.Finding;
import dev.signalbox.workflows.migration.PreviewSchema;
import dev.signalbox.workflows.migration.PreviewSchema.Added;
import java.util.ArrayList;
import java.util.List;

/** What the comment on a pull request says of its preview's database. Pure. */
final class SchemaText {
  private static final int MOST_REMARKS = 10;

  private static final String ADDS =
      """
      This pull request adds:

      | migration | class | why | findings |
      |---|---|---|---|
      """;

  private static final String SERVER =
      "\n"
          + "Its role is that of the server's address, so what that may do in other databases there"
          + " this pull request's code may do too.\n";

  private static final String OWN_ROLE =
      "\n"
          + "Its role owns nothing else: of the server's other databases this pull request's code"
          + " has what they let everybody do.\n";

  private SchemaText() {}

  /**
   * @param schema null = there is nothing to say
   */
  static String of(PreviewSchema schema) {
    if (schema == null) {
      return "";
    }
    StringBuilder text = new StringBuilder("\nDatabase `");
    text.append(PostedText.line(schema.database()))
        .append("`, its own, ")
        .append(schema.broken() ? "begins empty with the next commit" : "at " + at(schema))
        .append(
            schema.reached() == null
                ? ""
                : "; it answered through " + PostedText.words(schema.reached()))
        .append(". ")
        .append(schema.revisions().isEmpty() ? "This pull request adds no migration.\n" : ADDS);
    schema.revisions().forEach(one -> text.append(row(one)));
    if (schema.drop() != null) {
      text.append(Boolean.TRUE.equals(schema.ownRole()) ? OWN_ROLE : SERVER);
    }
    return text.toString();
  }

  private static String at(PreviewSchema schema) {
    return schema.at().isEmpty()
        ? "the code's own head"
        : PostedText.words(String.join(", ", schema.at()));
  }

  /**
   * What squawk found, where it stands in the pull request's own files.
   *
   * @param schema null = nothing
   */
  static List<Remark> remarks(PreviewSchema schema) {
    List<Remark> remarks = new ArrayList<>();
    for (Added one : schema == null ? List.<Added>of() : schema.revisions()) {
      for (Finding finding : one.findings()) {
        if (finding.source() != null && remarks.size() < MOST_REMARKS) {
          remarks.add(
              new Remark(
                  one.revision() + "/" + finding.rule() + "/" + finding.line(),
                  one.file(),
                  finding.source(),
                  remark(one, finding)));
        }
      }
    }
    return List.copyOf(remarks);
  }

  private static String remark(Added one, Finding finding) {
    return "**"
        + PostedText.words(finding.rule())
        + "** ("
        + PostedText.words(one.revision())
        + ", "
        + one.kind().word()
        + "): "
        + PostedText.words(finding.message())
        + (finding.help() == null ? "" : "\n\n" + PostedText.words(finding.help()));
  }

  private static String row(Added one) {
    StringBuilder findings = new StringBuilder();
    for (Finding finding : one.findings()) {
      findings
          .append(findings.isEmpty() ? "" : "; ")
          .append(PostedText.words(finding.rule()))
          .append(": ")
          .append(PostedText.words(finding.message()));
    }
    return "| "
        + PostedText.words(one.revision())
        + " "
        + PostedText.words(one.message())
        + " | "
        + one.kind().word()
        + " | "
        + PostedText.words(one.reason())
        + " | "
        + (findings.isEmpty() ? "none" : findings)
        + " |\n";
  }
}
