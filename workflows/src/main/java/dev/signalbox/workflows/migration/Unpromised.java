package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.policy.MigrationPolicy.Rehearse;
import dev.signalbox.workflows.policy.MigrationPolicy.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * What a way of running migrations cannot promise, a sentence each: said wherever people read what
 * is going to happen. Pure.
 */
public final class Unpromised {
  private static final List<String> BY_RAILWAY =
      List.of(
          "only Railway reaches the database: where it stands is not read but taken from the"
              + " ledger's record, and what is pending with it; where nothing is on record each"
              + " release may change the schema",
          "nothing is rehearsed, and no rule judges it",
          "no lock of ours keeps another migrator out, and no time-out holds but the project's own",
          "how far a command came that fails nobody says: its last lines are in the deployment's"
              + " log, and the service keeps its former release");

  private Unpromised() {}

  /**
   * @param policy null = nothing is migrated
   * @return empty = nothing is missing
   */
  public static List<String> of(MigrationPolicy policy) {
    if (policy == null) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    if (policy.backup() == BackupMethod.RAILWAY_VOLUME && policy.runsUnproved()) {
      sentences.add(
          "nobody has restored the backup that Railway takes of the volume; it is enough because: "
              + policy.withoutBackup());
    }
    if (policy.byRailway()) {
      sentences.addAll(BY_RAILWAY);
    } else if (!policy.runsByRevision()) {
      sentences.addAll(byCommand(policy));
    }
    return List.copyOf(sentences);
  }

  private static List<String> byCommand(MigrationPolicy policy) {
    List<String> sentences = new ArrayList<>();
    if (policy.tool() == Tool.COMMAND) {
      sentences.add(
          "what the command does is not known before: it shows no SQL, so no rule judges");
    }
    if (policy.backup().restorable() && policy.rehearse() != Rehearse.NEVER) {
      sentences.add(
          "a rehearsal runs the command as a whole: how long it keeps readers out is not measured");
    }
    sentences.add("how far the command is shows only in what it prints, not by revision");
    sentences.add(
        "lock_timeout, statement_timeout and our name on its connections hold only where its driver"
            + " reads PGOPTIONS and PGAPPNAME; where it does not, a statement that outlives its"
            + " process is not seen");
    return sentences;
  }
}
