package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.migration.SchemaChange;
import java.util.List;

/** What people read of a release's migrations. Pure. */
final class SchemaText {
  private static final int MOST_LINES = 50;

  private SchemaText() {}

  /**
   * A heading and a line for each revision.
   *
   * @param schema null = nothing changes, and nothing is said
   */
  static String section(SchemaChange schema) {
    return schema == null ? "" : "### Migrations\n" + lines(schema) + "\n";
  }

  /** A line for each revision: its class, why it is of it, when it runs. */
  static String lines(SchemaChange schema) {
    if (schema == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("- the database stands at ")
        .append(schema.from().isEmpty() ? "no revision" : String.join(", ", schema.from()))
        .append('\n');
    append(text, schema.before(), "");
    append(text, schema.after(), ", when the code has soaked, with an approval of its own");
    return text.toString();
  }

  private static void append(StringBuilder text, List<PendingRevision> revisions, String when) {
    for (PendingRevision revision : revisions.stream().limit(MOST_LINES).toList()) {
      text.append("- migrates `").append(revision.revision()).append("` ");
      text.append(revision.breaksFormerCode() ? "**" + word(revision) + "**" : word(revision));
      if (revision.message() != null) {
        text.append(", ").append(PostedText.line(revision.message()));
      }
      if (revision.reason() != null) {
        text.append(": ").append(PostedText.line(revision.reason()));
      }
      if (!revision.approvedRules().isEmpty()) {
        text.append("; breaks ").append(String.join(", ", revision.approvedRules()));
      }
      text.append(when).append('\n');
    }
    if (revisions.size() > MOST_LINES) {
      text.append("- … and ").append(revisions.size() - MOST_LINES).append(" more").append('\n');
    }
  }

  private static String word(PendingRevision revision) {
    return revision.kind().word();
  }
}
