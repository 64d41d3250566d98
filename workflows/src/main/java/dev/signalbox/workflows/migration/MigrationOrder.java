package dev.signalbox.workflows.migration;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one run does to the database: what was planned and approved, and nothing else.
 *
 * @param from revisions that the database must name when it begins, sorted; empty = none yet
 * @param revisions to run, in order; never empty
 * @param left those that stay pending, in order
 */
public record MigrationOrder(
    List<String> from, List<PendingRevision> revisions, List<PendingRevision> left) {
  public MigrationOrder {
    from = from == null ? List.of() : List.copyOf(from);
    revisions = revisions == null ? List.of() : List.copyOf(revisions);
    left = left == null ? List.of() : List.copyOf(left);
  }

  /** What runs before the code; empty = nothing. */
  public static Optional<MigrationOrder> beforeTheCode(SchemaChange change) {
    return change == null || change.before().isEmpty()
        ? Optional.empty()
        : Optional.of(new MigrationOrder(change.from(), change.before(), change.after()));
  }

  /** All that is pending while it has not begun. */
  List<PendingRevision> pending() {
    return Stream.concat(revisions.stream(), left.stream()).toList();
  }
}
