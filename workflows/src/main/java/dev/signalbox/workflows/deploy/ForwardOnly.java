package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.backup.WrittenSince;
import dev.signalbox.workflows.migration.MigrationOrder;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.policy.Pipeline;
import java.util.List;
import java.util.Optional;

/**
 * Where a revision has run that the former code may not bear, nothing leads back by itself: a
 * person is told what each way costs.
 */
final class ForwardOnly {
  private static final String RETRY = "retry";
  private static final String ABANDON = "abandon";

  private final Pipeline pipeline;
  private final MigrationOrder order;
  private final SchemaRecord record;
  private final Questions questions;

  private ForwardOnly(
      Pipeline pipeline, MigrationOrder order, SchemaRecord record, Questions questions) {
    this.pipeline = pipeline;
    this.order = order;
    this.record = record;
    this.questions = questions;
  }

  /**
   * Empty where the former code bears what has run.
   *
   * @param record null = nothing has run
   */
  static Optional<ForwardOnly> of(
      Pipeline pipeline, MigrationOrder order, SchemaRecord record, Questions questions) {
    return record == null || record.contract() == null
        ? Optional.empty()
        : Optional.of(new ForwardOnly(pipeline, order, record, questions));
  }

  /** Why the former code is not put back. */
  String why() {
    return record.contract()
        + (record.ran().contains(record.contract()) ? " has run" : " may have run in part")
        + ", and the code before it may not be able to read the schema";
  }

  /**
   * Asks how to go on.
   *
   * @param watchable whether the release runs as a whole, so that it can be looked at again
   * @return whether to look again
   */
  boolean watchAgain(Trouble trouble, boolean watchable) {
    return questions
        .ask(
            "rescue",
            "The release is in trouble, and nothing is put back: "
                + trouble.detail()
                + ". "
                + why()
                + ". "
                + (watchable
                    ? "Look again (retry), or leave it as it is (abandon)?"
                    : "Leave it as it is (abandon)?"),
            ways(),
            watchable ? List.of(RETRY, ABANDON) : List.of(ABANDON),
            Optional::empty)
        .equals(RETRY);
  }

  /** The ways on, each with what it costs. */
  private String ways() {
    return "the database stands at "
        + record.standing()
        + ". Fix forward: promote a commit that mends it; until then this one serves. Downgrade: "
        + downgrade()
        + ". Restore: "
        + restore();
  }

  private String downgrade() {
    return order.revisions().stream()
        .filter(revision -> record.ran().contains(revision.revision()))
        .filter(revision -> !revision.reversible())
        .map(PendingRevision::revision)
        .findFirst()
        .map(none -> "not possible, " + none + " has none that does anything")
        .orElse(
            "each revision has one, but what they took away stays away; then `signalbox rollback`");
  }

  private String restore() {
    return record.receipt() == null
        ? "there is no backup of this run"
        : "backup "
            + record.receipt()
            + "; "
            + WrittenSince.count(pipeline, record.receipt()).words();
  }
}
