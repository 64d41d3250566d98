package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a release changes about the database's schema, and when: what the former code can bear runs
 * before the new code, the rest by policy when that has soaked.
 *
 * @param from revisions that the database names now, sorted; empty = none yet
 * @param before those that run before the code, in order
 * @param after those that run when the code has soaked, in order
 * @param identity which database it is; null = not known
 * @param recorded whose word {@code from} is, because only Railway reaches the database; null = the
 *     database's own
 * @param to where Railway's command leaves it, sorted; empty = not known, or it is asked then
 */
public record SchemaChange(
    List<String> from,
    List<PendingRevision> before,
    List<PendingRevision> after,
    @JsonInclude(JsonInclude.Include.NON_NULL) DatabaseIdentity identity,
    @JsonInclude(JsonInclude.Include.NON_NULL) String recorded,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> to) {
  private static final int MOST_NAMED = 12;

  public SchemaChange {
    from = from == null ? List.of() : List.copyOf(from);
    before = before == null ? List.of() : List.copyOf(before);
    after = after == null ? List.of() : List.copyOf(after);
    to = to == null ? List.of() : List.copyOf(to);
  }

  /** Of a database that is asked. */
  public SchemaChange(
      List<String> from,
      List<PendingRevision> before,
      List<PendingRevision> after,
      DatabaseIdentity identity) {
    this(from, before, after, identity, null, null);
  }

  /**
   * What this plan comes to; empty where there is nothing to run, or nothing may.
   *
   * @param nothingRuns whether there is no former code that anything could break
   */
  public static Optional<SchemaChange> of(
      MigrationPlan plan, MigrationPolicy policy, boolean nothingRuns) {
    if (!plan.state().mayRun() || plan.revisions().isEmpty()) {
      return Optional.empty();
    }
    List<PendingRevision> all =
        plan.revisions().stream().map(planned -> PendingRevision.of(planned, policy)).toList();
    int first =
        policy.contract() == ContractOrder.AFTER && !nothingRuns ? firstContract(all) : all.size();
    return Optional.of(
        new SchemaChange(
            plan.database(),
            all.subList(0, first),
            all.subList(first, all.size()),
            plan.identity(),
            plan.recorded(),
            policy.byRailway() ? plan.heads() : null));
  }

  private static int firstContract(List<PendingRevision> revisions) {
    for (int at = 0; at < revisions.size(); at++) {
      if (revisions.get(at).breaksFormerCode()) {
        return at;
      }
    }
    return revisions.size();
  }

  /** All of it, in order. */
  public List<PendingRevision> all() {
    return Stream.concat(before.stream(), after.stream()).toList();
  }

  /** What would run after the code although the code may need it; empty = the split is sound. */
  public Optional<PendingRevision> late() {
    return after.stream()
        .filter(revision -> !revision.breaksFormerCode() && !revision.empty())
        .findFirst();
  }

  /** What a person must have said yes to before the code goes, one line each. */
  public List<String> toBeApproved() {
    return toBeApproved(before);
  }

  static List<String> toBeApproved(List<PendingRevision> revisions) {
    List<String> lines = new ArrayList<>();
    for (PendingRevision revision : revisions) {
      if (revision.breaksFormerCode()) {
        lines.add(revision.words());
      } else if (!revision.approvedRules().isEmpty()) {
        lines.add(revision.revision() + " breaks " + String.join(", ", revision.approvedRules()));
      }
    }
    return List.copyOf(lines);
  }

  /** Whether these are tried on a restored copy first. */
  public static boolean rehearsed(MigrationPolicy policy, List<PendingRevision> revisions) {
    return policy.backup().restorable()
        && switch (policy.rehearse()) {
          case ALWAYS -> !revisions.isEmpty();
          case NEVER -> false;
          case AUTO ->
              revisions.stream()
                  .anyMatch(
                      revision ->
                          revision.breaksFormerCode() || revision.kind() == RevisionClass.DATA);
        };
  }

  /** The revisions with their classes, on one line. */
  public static String words(List<PendingRevision> revisions) {
    String named =
        revisions.stream()
            .limit(MOST_NAMED)
            .map(PendingRevision::words)
            .collect(Collectors.joining(", "));
    return revisions.size() > MOST_NAMED
        ? named + " and " + (revisions.size() - MOST_NAMED) + " more"
        : named;
  }

  /** How many, as people say it. */
  public static String count(List<PendingRevision> revisions) {
    return revisions.size() + (revisions.size() == 1 ? " revision" : " revisions");
  }
}
