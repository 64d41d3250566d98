package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.policy.MigrationPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one run does to the database: what was planned and approved, and nothing else.
 *
 * @param from revisions that the database must name when it begins, sorted; empty = none yet
 * @param revisions to run, in order; never empty
 * @param left those that stay pending, in order
 * @param downTo the revisions are taken back, the newest first, until the database names this one;
 *     null = they are run
 * @param identity the database that it was planned for; null = not known
 * @param to where Railway's command leaves the database, sorted; empty = not known, or it is asked
 */
public record MigrationOrder(
    List<String> from,
    List<PendingRevision> revisions,
    List<PendingRevision> left,
    @JsonInclude(JsonInclude.Include.NON_NULL) String downTo,
    @JsonInclude(JsonInclude.Include.NON_NULL) DatabaseIdentity identity,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> to) {
  public MigrationOrder {
    from = from == null ? List.of() : List.copyOf(from);
    revisions = revisions == null ? List.of() : List.copyOf(revisions);
    left = left == null ? List.of() : List.copyOf(left);
    to = to == null ? List.of() : List.copyOf(to);
  }

  /** What is run. */
  public MigrationOrder(
      List<String> from,
      List<PendingRevision> revisions,
      List<PendingRevision> left,
      DatabaseIdentity identity) {
    this(from, revisions, left, null, identity, null);
  }

  /**
   * What is taken back.
   *
   * @param policy says which findings want a yes
   */
  public static MigrationOrder down(DowngradePlan plan, MigrationPolicy policy) {
    return new MigrationOrder(
        plan.plan().database(),
        plan.plan().revisions().stream().map(one -> PendingRevision.of(one, policy)).toList(),
        List.of(),
        plan.to(),
        plan.plan().identity(),
        null);
  }

  /** What runs before the code; empty = nothing. */
  public static Optional<MigrationOrder> beforeTheCode(SchemaChange change) {
    return change == null || change.before().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MigrationOrder(
                change.from(),
                change.before(),
                change.after(),
                null,
                change.identity(),
                change.to()));
  }

  boolean down() {
    return downTo != null;
  }

  /** All that is pending while it has not begun. */
  List<PendingRevision> pending() {
    return Stream.concat(revisions.stream(), left.stream()).toList();
  }
}
