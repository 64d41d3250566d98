package dev.signalbox.workflows.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.MigrationPolicy;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.Set;

/** Saves databases, proves that what was saved can be restored, and clears away what is old. */
@ActivityInterface
public interface BackupActivities {
  /**
   * Dumps the database into the archive, restores it into a scratch database and compares.
   * <b>Marked</b> by the order's id: a second attempt returns the receipt of the first, or begins
   * anew where the first left none. Two attempts never work at it at once, nor do two backups of
   * one database: the second waits, or fails as busy where it is wanted only if it is quiet.
   * Heartbeats; retried.
   *
   * <p>Fails for good, before anything is written, where the tool is missing or too old for the
   * server; and where what came out is empty, truncated or of another database.
   */
  @ActivityMethod(name = "TakeBackup")
  Receipt take(BackupOrder order);

  /** Every receipt of this database's environment, newest first; also of backups not verified. */
  @ActivityMethod(name = "ListBackups")
  Backups list(DatabaseReference database);

  /** Restores one again and compares with its receipt. Fails for good where it does not agree. */
  @ActivityMethod(name = "VerifyBackup")
  Receipt verify(VerifyOrder order);

  /**
   * Removes what the policy does not keep: never the newest good one, never one that is in use.
   * <b>Guarded</b>: what is gone stays gone. Heartbeats; retried.
   */
  @ActivityMethod(name = "PruneBackups")
  Pruned prune(PruneOrder order);

  /**
   * By how many rows the database differs from what a backup held: reads only, and no table for
   * longer than seconds. What cannot be counted is named.
   *
   * <p>Fails for good where there is no such backup.
   */
  @ActivityMethod(name = "CountSinceBackup")
  RowsSince since(SinceQuery query);

  /**
   * What a database must name: another one, or one that was migrated meanwhile, is refused.
   *
   * @param at revisions, sorted; empty = it must name none
   */
  record ExpectedSchema(List<String> at) {
    public ExpectedSchema {
      at = at == null ? List.of() : List.copyOf(at);
    }
  }

  /**
   * @param schema null = whichever revisions the database names, and one at least
   * @param id of the backup to be: whose it is and when, of letters, digits and {@code . _ -}
   * @param ifQuiet not beside another backup or a migration of the same database; else it waits for
   *     the other backup
   * @param elseUnproved where the role may make no database to prove it in, it is read to its end
   *     instead, and its receipt is not good; else that is refused before the dump
   */
  record BackupOrder(
      DatabaseReference database,
      MigrationPolicy policy,
      ExpectedSchema schema,
      String id,
      boolean ifQuiet,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean elseUnproved) {
    /** One that is proved, or not taken. */
    public BackupOrder(
        DatabaseReference database,
        MigrationPolicy policy,
        ExpectedSchema schema,
        String id,
        boolean ifQuiet) {
      this(database, policy, schema, id, ifQuiet, false);
    }

    /** One that waits for others at the same database. */
    public BackupOrder(
        DatabaseReference database, MigrationPolicy policy, ExpectedSchema schema, String id) {
      this(database, policy, schema, id, false);
    }
  }

  /** What there is, newest first. */
  record Backups(List<Receipt> receipts) {
    public Backups {
      receipts = receipts == null ? List.of() : List.copyOf(receipts);
    }
  }

  /** The ids of those that were removed. */
  record Pruned(List<String> ids) {
    public Pruned {
      ids = ids == null ? List.of() : List.copyOf(ids);
    }
  }

  /**
   * @param id of its receipt
   */
  record VerifyOrder(DatabaseReference database, String id) {}

  /**
   * @param backup id of its receipt
   */
  record SinceQuery(DatabaseReference database, String backup) {}

  /**
   * @param inUse ids that a live release refers to
   */
  record PruneOrder(DatabaseReference database, MigrationPolicy policy, Set<String> inUse) {
    public PruneOrder {
      inUse = inUse == null ? Set.of() : Set.copyOf(inUse);
    }
  }
}
