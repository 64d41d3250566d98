package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.RuleVerdict;
import java.util.List;

/**
 * A revision that has not run yet, as people approve it and as a run carries it out.
 *
 * @param downRevisions those before it; several = it merges branches
 * @param message what its author says; null = nothing
 * @param hash SHA-256 of its file, hex
 * @param reason the first that made its class; null = nothing worth a word
 * @param reversible whether it has a downgrade that does anything
 * @param transactional whether it certainly leaves nothing behind when it does not come to its end
 * @param empty whether it does nothing but record itself
 * @param approvedRules rules of squawk that it breaks and that want a person's yes here
 */
public record PendingRevision(
    String revision,
    List<String> downRevisions,
    String message,
    String hash,
    RevisionClass kind,
    String reason,
    boolean reversible,
    boolean transactional,
    boolean empty,
    List<String> approvedRules) {
  public PendingRevision {
    downRevisions = downRevisions == null ? List.of() : List.copyOf(downRevisions);
    approvedRules = approvedRules == null ? List.of() : List.copyOf(approvedRules);
  }

  static PendingRevision of(PlannedRevision planned, MigrationPolicy policy) {
    return new PendingRevision(
        planned.revision(),
        planned.downRevisions(),
        planned.message(),
        planned.hash(),
        planned.kind(),
        planned.reasons().isEmpty() ? null : planned.reasons().get(0),
        planned.reversible(),
        planned.transactional(),
        planned.empty(),
        planned.findings().stream()
            .map(Finding::rule)
            .filter(rule -> policy.rules().get(rule) == RuleVerdict.APPROVE)
            .distinct()
            .toList());
  }

  /** Whether the code before it may have to go first. */
  public boolean breaksFormerCode() {
    return kind.breaksFormerCode();
  }

  /** Whether a copy of the rows must be there before it runs. */
  public boolean needsReceipt() {
    return kind != RevisionClass.EXPAND;
  }

  /** As people name it: with its class, and why. */
  public String words() {
    return revision + " " + kind.word() + (reason == null ? "" : " (" + reason + ")");
  }
}
