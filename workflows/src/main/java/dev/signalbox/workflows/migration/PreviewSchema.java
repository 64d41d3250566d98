package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.DropOrder;
import dev.signalbox.workflows.migration.PreviewDatabaseActivities.Prepared;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a preview's database has that its base's has not, for people.
 *
 * @param database its name
 * @param at where the code's migrations bring it, sorted
 * @param revisions of the pull request, in order: what the base's database has not run
 * @param broken whether it was not brought there, so that it begins empty with the next commit
 * @param drop what drops it, whatever the file says by then; null = it is none that we made
 * @param reached through which variable it answered after the deployment; null = not asked yet
 * @param ownRole whether it has a role that owns nothing else; null = it has not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PreviewSchema(
    String database,
    List<String> at,
    List<Added> revisions,
    boolean broken,
    DropOrder drop,
    String reached,
    Boolean ownRole) {
  private static final int LONGEST = 50;

  public PreviewSchema {
    at = at == null ? List.of() : List.copyOf(at);
    revisions = revisions == null ? List.of() : List.copyOf(revisions);
  }

  /**
   * One revision.
   *
   * @param message what its author says; null = nothing
   * @param file from the root of the repository
   * @param reason the first that made its class; null = nothing worth a word
   */
  public record Added(
      String revision,
      String message,
      String file,
      RevisionClass kind,
      String reason,
      List<Finding> findings) {
    public Added {
      findings = findings == null ? List.of() : List.copyOf(findings);
    }

    private static Added of(PlannedRevision planned, String directory) {
      return new Added(
          planned.revision(),
          planned.message(),
          directory == null || directory.isBlank() || directory.equals(".")
              ? planned.file()
              : directory + "/" + planned.file(),
          planned.kind(),
          planned.reasons().isEmpty() ? null : planned.reasons().get(0),
          planned.findings());
    }
  }

  /**
   * What is known after a plan.
   *
   * @param directory of the migrations, from the root of the repository
   * @param former what was known of the same database before; null = it is new
   * @param drop what drops it
   */
  static PreviewSchema of(
      Prepared prepared,
      MigrationPlan plan,
      String directory,
      PreviewSchema former,
      DropOrder drop) {
    Set<String> known = known(prepared.base(), plan.revisions());
    List<Added> added = new ArrayList<>(former == null ? List.of() : former.revisions());
    plan.revisions().stream()
        .filter(one -> !known.contains(one.revision()))
        .map(one -> Added.of(one, directory))
        .forEach(added::add);
    return new PreviewSchema(
        prepared.name(),
        plan.heads(),
        added.subList(Math.max(0, added.size() - LONGEST), added.size()),
        false,
        prepared.made() ? drop : null,
        null,
        prepared.ownRole() ? true : null);
  }

  /** The same after it answered through this variable. */
  PreviewSchema reachedThrough(String variable) {
    return new PreviewSchema(database, at, revisions, broken, drop, variable, ownRole);
  }

  /** The same where it did not come to that. */
  public PreviewSchema failed() {
    return new PreviewSchema(database, at, revisions, true, drop, null, ownRole);
  }

  /** What the base has run, as far as the plan shows it: where it stands, and what came before. */
  private static Set<String> known(List<String> base, List<PlannedRevision> planned) {
    Map<String, List<String>> before = new HashMap<>();
    planned.forEach(one -> before.put(one.revision(), one.downRevisions()));
    Set<String> known = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(base);
    while (!next.isEmpty()) {
      String one = next.pop();
      if (known.add(one)) {
        next.addAll(before.getOrDefault(one, List.of()));
      }
    }
    return known;
  }
}
