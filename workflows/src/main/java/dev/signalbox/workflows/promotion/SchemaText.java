package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.migration.Unpromised;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.release.ShortCommit;
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
  static String section(MigrationPolicy policy, SchemaChange schema) {
    return schema == null ? "" : "### Migrations\n" + lines(policy, schema) + "\n";
  }

  /**
   * A line for each revision: its class, why it is of it, when it runs; and one for each thing that
   * the way of running them cannot promise.
   */
  static String lines(MigrationPolicy policy, SchemaChange schema) {
    if (schema == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append("- the database ")
        .append(schema.identity() == null ? "" : schema.identity().place() + " ")
        .append("stands at ")
        .append(schema.from().isEmpty() ? "no revision" : String.join(", ", schema.from()))
        .append(
            schema.recorded() == null
                ? ""
                : " by " + schema.recorded() + "; the database was not asked")
        .append('\n');
    append(text, schema.before(), "");
    append(text, schema.after(), ", when the code has soaked, with an approval of its own");
    Unpromised.of(policy).forEach(sentence -> text.append("- ").append(sentence).append('\n'));
    return text.toString();
  }

  /** What a person reads before saying yes to what runs when the code has soaked. */
  static String contractCard(
      PromotionRequest request,
      MigrationPolicy policy,
      MigrationOrder order,
      String digest,
      String whose) {
    StringBuilder card = new StringBuilder("**Approval wanted**: the code of ");
    card.append(ShortCommit.of(request.revision())).append(" has soaked in ");
    card.append(request.environment()).append("; now its database\n\n");
    card.append("- digest `").append(digest, 0, 12).append("`\n");
    card.append(
        lines(
            policy,
            new SchemaChange(order.from(), order.revisions(), List.of(), order.identity())));
    card.append("- way back: **forwardOnly** once this has run\n- may approve: ");
    card.append(whose).append("\n\n");
    card.append(
        RunText.toAnswer(
            PromotionWorkflow.id(request.project(), request.environment(), request.revision())));
    return card.toString();
  }

  private static void append(StringBuilder text, List<PendingRevision> revisions, String when) {
    for (PendingRevision revision : revisions.stream().limit(MOST_LINES).toList()) {
      text.append("- migrates `").append(revision.revision()).append("` ");
      text.append(revision.breaksFormerCode() ? "**" + word(revision) + "**" : word(revision));
      if (revision.message() != null) {
        text.append(", ").append(PostedText.words(revision.message()));
      }
      if (revision.reason() != null) {
        text.append(": ").append(PostedText.words(revision.reason()));
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
