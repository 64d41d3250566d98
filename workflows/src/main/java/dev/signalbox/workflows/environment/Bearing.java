package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether the code that runs is known to bear the schema that a way down ends at. What is not known
 * is no.
 *
 * @param borne whether the schema may go there
 * @param why a sentence without its end
 */
public record Bearing(boolean borne, String why) {

  /**
   * @param revision the commit whose code takes the revisions back
   * @param down a way that there is
   * @param planned where the database stands, seen from a commit; asked only where the record does
   *     not say enough
   */
  public static Bearing of(
      LedgerRecord recorded,
      String revision,
      DowngradePlan down,
      Function<String, MigrationPlan> planned) {
    LiveSet running = recorded.running();
    if (running == null) {
      return yes("no verified release runs; what does may fail there until `signalbox rollback`");
    }
    String code = "the code that runs (" + ShortCommit.of(running.revision()) + ")";
    if (!recorded.quarantine().isEmpty() && revision.equals(running.revision())) {
      return yes(code + " is in quarantine; it may fail there until `signalbox rollback`");
    }
    if (running.bore().contains(down.to())) {
      return yes(code + " was live there before");
    }
    List<String> undone = down.plan().revisions().stream().map(PlannedRevision::revision).toList();
    MigrationPlan its = planned.apply(running.revision());
    // Code that knows where the database stands has all of it in its own history.
    boolean older = its.state() == MigrationPlan.State.UNKNOWN_REVISION;
    Optional<String> needed = undone.stream().filter(its.heads()::contains).findFirst();
    if (older && needed.isEmpty()) {
      return yes(code + " is older than what is taken back");
    }
    return new Bearing(
        false,
        code
            + " has "
            + needed.orElse(undone.get(0))
            + " and was never live without it: promote a commit that does not need it first");
  }

  private static Bearing yes(String why) {
    return new Bearing(true, why);
  }
}
