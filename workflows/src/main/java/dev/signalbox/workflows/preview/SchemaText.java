package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.migration.Finding;
import dev.signalbox.workflows.migration.PreviewSchema;
import dev.signalbox.workflows.migration.PreviewSchema.Added;

/** What the comment on a pull request says of its preview's database. Pure. */
final class SchemaText {
  private static final String ADDS =
      """
      This pull request adds:

      | migration | class | why | findings |
      |---|---|---|---|
      """;

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
        .append("`, its own, at ")
        .append(
            schema.at().isEmpty()
                ? "the code's own head"
                : PostedText.words(String.join(", ", schema.at())))
        .append(". ")
        .append(schema.revisions().isEmpty() ? "This pull request adds no migration.\n" : ADDS);
    schema.revisions().forEach(one -> text.append(row(one)));
    return text.toString();
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
