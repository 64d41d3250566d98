package dev.signalbox.activities.backup;

import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.EmptyDatabase;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.backup.KeptDatabase;
import dev.signalbox.workflows.backup.RestoreActivities.Beside;
import dev.signalbox.workflows.backup.RestoreActivities.BesideOrder;
import dev.signalbox.workflows.backup.RestoreActivities.DatabaseStanding;
import dev.signalbox.workflows.backup.RestoreActivities.DropOrder;
import dev.signalbox.workflows.backup.RestoreActivities.Held;
import dev.signalbox.workflows.backup.RestoreActivities.InPlaceOrder;
import dev.signalbox.workflows.backup.RestoreActivities.PresentDatabase;
import dev.signalbox.workflows.backup.RestoreActivities.RestorePlan;
import dev.signalbox.workflows.backup.RestoreActivities.RestoreQuery;
import dev.signalbox.workflows.backup.RestoreActivities.SwapOrder;
import dev.signalbox.workflows.backup.RestoreActivities.Swapped;
import dev.signalbox.workflows.backup.RowLoss;
import dev.signalbox.workflows.backup.RowsSince;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a PostgreSQL back to one of its backups: a copy beside it takes its name, or, where its
 * role may make none, it is filled again in one transaction.
 *
 * <p>Each method throws a {@link MigrationException} where a program is missing or too old, or the
 * server is away or refuses; and an {@link ArchiveException} where the archive is away, or the file
 * is not what was written.
 */
public final class PostgresRestores {
  private static final String TRIED = "Restoring the backup ";
  private static final Duration LONGEST_ANALYZE = Duration.ofHours(2);

  private final PostgresBackups backups;

  public PostgresRestores(PostgresBackups backups) {
    this.backups = backups;
  }

  /**
   * What going back would mean; a scratch database is made for it, and dropped. In place that is
   * left out where none can be made.
   */
  public RestorePlan plan(RestoreQuery query, DatabaseAddress address, Stop stop) {
    StoredBackup stored = good(backups.stored(query.database(), query.backup()));
    RestoreRights rights = RestoreRights.of(address);
    rights.require(TRIED + query.backup(), query.inPlace());
    if (!rights.creator()) {
      return byCount(stored, rights, address, stop);
    }
    long began = System.nanoTime();
    try (ScratchDatabase scratch =
        ScratchDatabase.create(address, "restore " + query.run(), stop)) {
      fill(scratch.address(), stored, query, address, rights, stop);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      try (Snapshot present = Snapshot.of(address, stop);
          Snapshot copy = Snapshot.of(scratch.address(), stop)) {
        requireSame(stored, copy.content());
        RowLoss loss = new RowComparison(present, copy).since(stored.receipt().takenAt());
        return new RestorePlan(
            stored.receipt(),
            address.place(),
            address.database(),
            rights.number(),
            present.schema(),
            loss,
            took,
            rights.remarks());
      }
    }
  }

  static DatabaseStanding standing(DatabaseAddress address, Stop stop) {
    try (Snapshot now = Snapshot.of(address, stop)) {
      return new DatabaseStanding(RestoreRights.of(address).number(), now.schema());
    }
  }

  private static RestorePlan byCount(
      StoredBackup stored, RestoreRights rights, DatabaseAddress address, Stop stop) {
    try (RowCounting counting = new RowCounting(address, stop);
        Snapshot present = Snapshot.of(address, stop)) {
      RowsSince since = counting.since(stored);
      List<String> remarks = new ArrayList<>(rights.remarks());
      remarks.add(
          "not tried in a copy first, because the role "
              + rights.role()
              + " may not create databases");
      remarks.add(since.missing());
      return new RestorePlan(
          stored.receipt(),
          address.place(),
          address.database(),
          rights.number(),
          present.schema(),
          since.loss(),
          null,
          remarks);
    }
  }

  private static StoredBackup good(StoredBackup stored) {
    if (!stored.receipt().good()) {
      throw new MigrationException(
          Fault.REFUSED,
          TRIED + stored.receipt().id(),
          stored.receipt().where(),
          "it was never proved, or what came out was not what the database had held",
          "`signalbox backup verify` says whether it can be relied on; or take another one.");
    }
    return stored;
  }

  private void fill(
      DatabaseAddress copy,
      StoredBackup stored,
      RestoreQuery query,
      DatabaseAddress address,
      RestoreRights rights,
      Stop stop) {
    backups
        .restoringInItsPlace(address, rights.superuser(), stop)
        .into(copy, backups.shelf(query.database()), stored.receipt());
  }

  private static void requireSame(StoredBackup stored, DatabaseContent restored) {
    List<String> differences = stored.content().differences(restored);
    if (!differences.isEmpty()) {
      throw new MigrationException(
          Fault.REFUSED,
          TRIED + stored.receipt().id(),
          stored.receipt().where(),
          "what comes out is not what the database held: " + String.join("; ", differences),
          "Choose another backup.");
    }
  }

  /** From now on who writes is told that he may not. */
  public Held hold(PresentDatabase present, DatabaseAddress address, Stop stop) {
    try (DatabaseDoor door = DatabaseDoor.beside(address, stop)) {
      requirePresent(door, present);
      door.session()
          .run(
              "alter database "
                  + door.quoted(present.name())
                  + " set "
                  + DatabaseDress.READ_ONLY
                  + " = on");
      return new Held(door.endSessions(present.name()));
    }
  }

  /** The copy, whole and compared; what is lost is counted while nobody writes. */
  public Beside beside(BesideOrder order, DatabaseAddress address, Stop stop) {
    PresentDatabase present = order.present();
    StoredBackup stored = good(backups.stored(present.database(), order.backup()));
    RestoreRights rights = RestoreRights.of(address);
    String name = copyName(present);
    String whole = "signalbox: whole copy of " + order.backup();
    long began = System.nanoTime();
    try (DatabaseDoor door = DatabaseDoor.beside(address, stop)) {
      requirePresent(door, present);
      DatabaseAddress copy = address.of(name);
      if (!door.comment(name).equals(whole)) {
        EmptyDatabase.drop(door.session(), name);
        EmptyDatabase.create(door.session(), present.name(), name);
        RestoreQuery query =
            new RestoreQuery(present.database(), present.run(), order.backup(), false);
        fill(copy, stored, query, address, rights, stop);
        try (Snapshot restored = Snapshot.of(copy, stop)) {
          requireSame(stored, restored.content());
        }
        analyze(copy, stop);
        DatabaseDress.copy(door.session(), present.name(), name);
        door.session().run("comment on database \"" + name + "\" is " + door.literal(whole));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      try (Snapshot old = Snapshot.of(address, stop);
          Snapshot restored = Snapshot.of(copy, stop)) {
        RowLoss loss = new RowComparison(old, restored).since(stored.receipt().takenAt());
        return new Beside(name, door.number(name), loss, took);
      }
    }
  }

  /** Without it the first hours of a restored database are slow. */
  private static void analyze(DatabaseAddress copy, Stop stop) {
    try (DatabaseSession session =
        DatabaseSession.open(copy, DatabaseDoor.APPLICATION, LONGEST_ANALYZE)) {
      Stop.AutoCut cut = stop.during(session::cut);
      session.run("analyze");
      cut.close();
    }
  }

  /**
   * The backup in the same database: one transaction, with nobody connected. It is marked in the
   * database's own comment.
   */
  public void inPlace(InPlaceOrder order, DatabaseAddress address, Stop stop) {
    PresentDatabase present = order.present();
    try (DatabaseDoor door = DatabaseDoor.beside(address, stop)) {
      requirePresent(door, present);
      PlaceMark mark = new PlaceMark(door, present);
      if (!mark.there()) {
        StoredBackup stored = good(backups.stored(present.database(), order.backup()));
        RestoreRights rights = RestoreRights.of(address);
        Restoring restoring = backups.restoringInItsPlace(address, rights.superuser(), stop);
        door.endSessions(present.name());
        try (InPlaceRestore restore = InPlaceRestore.begin(address, stop)) {
          restore.empty(rights.superuser());
          restoring.by(
              restore.session(), address, backups.shelf(present.database()), stored.receipt());
          restore.commit(
              stored,
              List.of(
                  mark.setting(order.backup()),
                  "alter database "
                      + door.quoted(present.name())
                      + " reset "
                      + DatabaseDress.READ_ONLY));
        }
      }
    }
    analyze(address, stop);
  }

  /** One transaction: the name is the one's before it, and the other's after it. */
  public Swapped swap(SwapOrder order, DatabaseAddress address, Stop stop) {
    try (DatabaseDoor door = DatabaseDoor.beside(address, stop)) {
      DatabaseSwap swap = new DatabaseSwap(door, order);
      long named = door.number(order.present().name());
      if (named != order.copyNumber()) {
        requirePresent(door, order.present());
        swap.carryOut();
      }
      return new Swapped(swap.former());
    }
  }

  /**
   * Drops what a restore has kept, where a good backup of it is there.
   *
   * @throws MigrationException {@code REFUSED}: it is nothing that a restore kept, or it may be all
   *     that is left
   */
  void dropKept(DropOrder order, DatabaseAddress address, Stop stop) {
    try (DatabaseDoor door = DatabaseDoor.beside(address, stop)) {
      if (door.number(order.name()) == 0) {
        return;
      }
      KeptDatabase kept = KeptDatabases.require(address, order.name());
      if (kept.saved() == null) {
        throw KeptDatabases.notSaved(kept, "no backup of it is on record");
      }
      if (!backups.stored(order.database(), kept.saved()).receipt().good()) {
        throw KeptDatabases.notSaved(kept, "the backup " + kept.saved() + " of it is not proved");
      }
      EmptyDatabase.drop(door.session(), kept.name());
    }
  }

  /** As it was before, and the copy gone. */
  public void undo(PresentDatabase present, DatabaseAddress address, Stop stop) {
    try (DatabaseDoor door = DatabaseDoor.beside(address, stop)) {
      requirePresent(door, present);
      new PlaceMark(door, present).requireNone();
      String name = door.quoted(present.name());
      door.session().run("alter database " + name + " allow_connections true");
      door.session().run("alter database " + name + " reset " + DatabaseDress.READ_ONLY);
      // Whoever connected meanwhile would stay read-only.
      door.endSessions(present.name());
      EmptyDatabase.drop(door.session(), copyName(present));
    }
  }

  private static void requirePresent(DatabaseDoor door, PresentDatabase present) {
    if (door.number(present.name()) != present.number()) {
      throw new MigrationException(
          Fault.REFUSED,
          "Restoring the database",
          present.name(),
          "it is another database now than the one that was looked at (number "
              + present.number()
              + " at the server): somebody renamed it, dropped it or made it anew",
          "Look at the server's databases first.");
    }
  }

  /** One for each run: nobody else drops or fills it. */
  private static String copyName(PresentDatabase present) {
    return "signalbox_restore_" + present.number() + "_" + present.run().replaceAll("\\W", "");
  }
}
