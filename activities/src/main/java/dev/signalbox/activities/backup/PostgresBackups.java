package dev.signalbox.activities.backup;

import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.activities.archive.ArchiveException.Kind;
import dev.signalbox.activities.archive.ArchiveStore;
import dev.signalbox.activities.backup.Dumping.Written;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.backup.Receipt.Verified;
import dev.signalbox.workflows.backup.RowsSince;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.MigrationPolicy.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The backups of PostgreSQL databases in one archive. */
public final class PostgresBackups {
  private static final String APPLICATION = "signalbox-backup";

  private final ArchiveStore store;
  private final InstalledPrograms programs;

  public PostgresBackups(ArchiveStore store, InstalledPrograms programs) {
    this.store = store;
    this.programs = programs;
  }

  /**
   * Dumps the database, restores the dump and compares. <b>Marked</b> by the id: what a former
   * attempt has finished is not done again, what it left half is removed.
   *
   * @throws MigrationException a program is missing or too old, the server is away or refuses, the
   *     database is empty or another one, or what came out is not what went in
   * @throws ArchiveException the archive is away or full
   */
  public Receipt take(BackupOrder order, DatabaseAddress address, Stop stop) {
    BackupShelf shelf = new BackupShelf(store, order.database());
    Optional<StoredBackup> former = shelf.find(order.id());
    if (former.isPresent() && former.get().receipt().good()) {
      return former.get().receipt();
    }
    boolean provable = !order.elseUnproved() || RestoreRights.of(address).creator();
    return BackupLock.holding(
        address,
        order.id(),
        order.ifQuiet(),
        stop,
        () -> {
          StoredBackup stored =
              former.orElseGet(() -> dumped(order, shelf, address, provable, stop));
          return provable
              ? proved(shelf, stored, address, stop).receipt()
              : readThrough(shelf, stored, address, stop);
        });
  }

  private Receipt readThrough(
      BackupShelf shelf, StoredBackup stored, DatabaseAddress address, Stop stop) {
    new Restoring(programs.fitting(server(address, false)), programs.variables(), stop)
        .through(address, shelf, stored.receipt());
    return stored.receipt();
  }

  private StoredBackup dumped(
      BackupOrder order,
      BackupShelf shelf,
      DatabaseAddress address,
      boolean toBeProved,
      Stop stop) {
    String id = order.id();
    String server = server(address, toBeProved);
    PostgresPrograms fitting = programs.fitting(server);
    try (Snapshot snapshot = Snapshot.of(address, stop)) {
      List<String> wanted = order.schema() == null ? null : order.schema().at();
      List<String> schema =
          order.policy().tool() == Tool.COMMAND
              ? snapshot.requireTold(wanted)
              : snapshot.requireOurs(wanted);
      Written written =
          new Dumping(fitting, programs.variables(), stop).of(address, snapshot, shelf, id);
      Receipt receipt =
          new Receipt(
              id,
              order.database().project(),
              order.database().environment(),
              address.place(),
              schema,
              written.bytes(),
              written.sha256(),
              snapshot.at(),
              written.took(),
              shelf.place(id),
              Map.of("pg_dump", fitting.version(), "server", server),
              null);
      StoredBackup stored =
          new StoredBackup(
              order.elseUnproved() ? receipt.asOnlyCopy() : receipt, snapshot.content());
      shelf.write(stored);
      return stored;
    }
  }

  /**
   * Restores a backup again and compares it with its receipt.
   *
   * @throws MigrationException it does not agree; as {@link #take} else
   * @throws ArchiveException the file is not what was written; the archive is away
   */
  public Receipt verify(DatabaseReference database, DatabaseAddress address, String id, Stop stop) {
    return proved(shelf(database), stored(database, id), address, stop).receipt();
  }

  /**
   * One with what the database held then.
   *
   * @throws MigrationException there is no such backup
   */
  StoredBackup stored(DatabaseReference database, String id) {
    return shelf(database).find(id).orElseThrow(() -> none(id, database));
  }

  BackupShelf shelf(DatabaseReference database) {
    return new BackupShelf(store, database);
  }

  /** Restores so that what comes out can take the place of the database at this address. */
  Restoring restoringInItsPlace(DatabaseAddress address, boolean superuser, Stop stop) {
    return Restoring.inItsPlace(
        superuser, programs.fitting(server(address, false)), programs.variables(), stop);
  }

  private StoredBackup proved(
      BackupShelf shelf, StoredBackup stored, DatabaseAddress address, Stop stop) {
    String id = stored.receipt().id();
    long began = System.nanoTime();
    DatabaseContent restored;
    try (ScratchDatabase scratch = restored(shelf, stored, address, "verify " + id, stop);
        Snapshot snapshot = Snapshot.of(scratch.address(), stop)) {
      restored = snapshot.content();
    } catch (ArchiveException | MigrationException failed) {
      if (proves(failed)) {
        shelf.write(stored.with(null));
      }
      throw failed;
    }
    List<String> differences = stored.content().differences(restored);
    if (!differences.isEmpty()) {
      shelf.write(stored.with(null));
      throw new MigrationException(
          Fault.REFUSED,
          "Verifying the backup " + id,
          stored.receipt().where(),
          "what comes out is not what the database held: " + String.join("; ", differences),
          "Nothing may rely on it; take another one.");
    }
    StoredBackup proved =
        stored.with(
            new Verified(
                Instant.now(),
                Duration.ofNanos(System.nanoTime() - began),
                restored.objects().size(),
                restored.rows(),
                restored.checked(),
                restored.counted()));
    shelf.write(proved);
    return proved;
  }

  /** Whether the backup itself is bad, and not only the way to it. */
  private static boolean proves(RuntimeException failed) {
    return failed instanceof ArchiveException archive
        && (archive.kind() == Kind.SPOILED || archive.kind() == Kind.NOT_FOUND);
  }

  /**
   * By how many rows the database differs from what a backup held. Reads only.
   *
   * @throws MigrationException there is no such backup; the server is away or refuses
   */
  RowsSince since(DatabaseReference database, DatabaseAddress address, String id, Stop stop) {
    StoredBackup stored = stored(database, id);
    try (RowCounting counting = new RowCounting(address, stop)) {
      return counting.since(stored);
    }
  }

  /** Every receipt of the environment, newest first. */
  public List<Receipt> list(DatabaseReference database) {
    return new BackupShelf(store, database).all().stream().map(StoredBackup::receipt).toList();
  }

  /**
   * Removes what is not kept.
   *
   * @return the ids that were removed
   */
  public List<String> prune(DatabaseReference database, Retention retention, Instant now) {
    BackupShelf shelf = new BackupShelf(store, database);
    List<String> removed = new ArrayList<>(retention.removable(list(database), now));
    removed.addAll(shelf.withoutReceipt(now.minus(Retention.UNDER_WAY)));
    removed.forEach(shelf::remove);
    return List.copyOf(removed);
  }

  /**
   * Restores a backup into a database of its own, on the server of the project's database.
   *
   * @param address of the project's database; its role must be allowed to make databases
   * @param backup id of the receipt
   * @param whom it is for; a database that an earlier attempt for the same one left is dropped
   * @return to be closed: that drops it
   * @throws MigrationException a program is missing or too old, the server is away or refuses, or
   *     there is no such backup
   * @throws ArchiveException the archive is away, or the file is not what was written
   */
  public ScratchDatabase restored(
      DatabaseReference database, DatabaseAddress address, String backup, String whom, Stop stop) {
    return restored(shelf(database), stored(database, backup), address, whom, stop);
  }

  private ScratchDatabase restored(
      BackupShelf shelf, StoredBackup stored, DatabaseAddress address, String whom, Stop stop) {
    PostgresPrograms fitting = programs.fitting(server(address, false));
    ScratchDatabase scratch = ScratchDatabase.create(address, whom, stop);
    boolean restored = false;
    try {
      new Restoring(fitting, programs.variables(), stop)
          .into(scratch.address(), shelf, stored.receipt());
      restored = true;
      return scratch;
    } finally {
      if (!restored) {
        scratch.close();
      }
    }
  }

  /**
   * Its version.
   *
   * @param toBeProved whether a scratch database will be needed: better refused before the dump
   */
  private static String server(DatabaseAddress address, boolean toBeProved) {
    try (DatabaseSession session = DatabaseSession.open(address, APPLICATION)) {
      if (toBeProved) {
        ScratchDatabase.requireAllowed(session, address);
      }
      // Distributors add words of their own.
      return session.value("select split_part(current_setting('server_version'), ' ', 1)");
    }
  }

  private static MigrationException none(String backup, DatabaseReference database) {
    return new MigrationException(
        Fault.REFUSED,
        "Finding the backup",
        backup,
        "there is no receipt of it in " + database.environment(),
        "`signalbox backup list " + database.environment() + "` shows those that there are.");
  }
}
