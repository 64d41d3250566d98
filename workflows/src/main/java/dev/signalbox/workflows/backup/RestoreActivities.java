package dev.signalbox.workflows.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.migration.DatabaseReference;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Brings a database back to a backup: beside the present one, and then the two change names in one
 * transaction. At every moment one whole database has the name, and which one it is says its number
 * at the server: so a lost attempt is judged by the database itself. All of them heartbeat, and are
 * retried.
 */
@ActivityInterface
public interface RestoreActivities {
  /**
   * Says what going back to a backup would mean: restores it into a scratch database, as the real
   * restore would, compares the two, and drops the copy always. Changes nothing.
   *
   * <p>Fails for good where the backup is not good, or the role may not do what is needed.
   */
  @ActivityMethod(name = "PlanRestore")
  RestorePlan plan(RestoreQuery query);

  /** Which database it is at its server, and where it stands. Reads only. */
  @ActivityMethod(name = "ReadDatabaseStanding")
  DatabaseStanding standing(DatabaseReference database);

  /**
   * Makes new transactions on the database read-only, and ends every session that began before.
   * <b>Guarded</b>: read-only stays read-only.
   */
  @ActivityMethod(name = "HoldWrites")
  Held hold(PresentDatabase present);

  /**
   * Restores the backup beside the present database, with owners, rights and the settings of the
   * present one, compares it with what was saved, and counts what is lost. <b>Marked</b> by the
   * run: a whole copy of it is found again, half of one is dropped first.
   */
  @ActivityMethod(name = "RestoreBeside")
  Beside beside(BesideOrder order);

  /**
   * Gives the copy the database's name, and the present one another: one transaction, with nobody
   * connected. <b>Guarded</b>: where the copy has the name already it is done.
   *
   * <p>Fails for good, with all as it was, where the name is another database's, or the server
   * refuses.
   */
  @ActivityMethod(name = "SwapDatabases")
  Swapped swap(SwapOrder order);

  /**
   * Drops all that is in the database and restores the backup into it: one transaction, committed
   * only where what is there then is what was saved. For where no second database can be made.
   * <b>Marked</b> by the run, in the database's comment.
   *
   * <p>Fails for good, with all as it was, where the server refuses something.
   */
  @ActivityMethod(name = "RestoreInPlace")
  void inPlace(InPlaceOrder order);

  /**
   * Brings everything back as it was: the present database is written to again, and the copy is
   * dropped. <b>Guarded</b>; never after a swap or a restore in place.
   */
  @ActivityMethod(name = "UndoRestore")
  void undo(PresentDatabase present);

  /** What restores have kept beside this database. Reads only. */
  @ActivityMethod(name = "ListKeptDatabases")
  Kept kept(DatabaseReference database);

  /**
   * Drops what a restore has kept. <b>Guarded</b>: what is gone stays gone.
   *
   * <p>Fails for good where it is no such database, or where the backup that was taken of it is not
   * there and good: then it may be all that is left.
   */
  @ActivityMethod(name = "DropKeptDatabase")
  void dropKept(DropOrder order);

  /**
   * @param run first run id of who asks: marks the scratch database
   * @param backup id of the receipt
   * @param inPlace whether no second database is to be made for it
   */
  record RestoreQuery(DatabaseReference database, String run, String backup, boolean inPlace) {}

  /**
   * @param receipt of the backup
   * @param place host, port and name of the database
   * @param name of the database
   * @param number of the present database at its server: it keeps that whatever it is called
   * @param at revisions that it names, sorted
   * @param loss what going back costs, as of now
   * @param took to restore the copy; null = none could be made, so that rows were only counted
   * @param remarks what people should know, one sentence each
   */
  record RestorePlan(
      Receipt receipt,
      String place,
      String name,
      long number,
      List<String> at,
      RowLoss loss,
      Duration took,
      List<String> remarks) {
    public RestorePlan {
      at = at == null ? List.of() : List.copyOf(at);
      remarks = remarks == null ? List.of() : List.copyOf(remarks);
    }
  }

  /**
   * @param number of the database at its server
   * @param at revisions that it names, sorted
   */
  record DatabaseStanding(long number, List<String> at) {
    public DatabaseStanding {
      at = at == null ? List.of() : List.copyOf(at);
    }
  }

  /**
   * The database that a run is about.
   *
   * @param run first run id: marks the copy
   */
  record PresentDatabase(DatabaseReference database, String run, String name, long number) {}

  /**
   * @param ended how many sessions were ended
   */
  record Held(int ended) {}

  /**
   * @param present beside which the copy is made, at the same server
   * @param backup id of what comes into the copy
   */
  record BesideOrder(PresentDatabase present, String backup) {}

  /**
   * @param present what is emptied, in the transaction that fills it again
   * @param backup id of what comes into it
   */
  record InPlaceOrder(PresentDatabase present, String backup) {}

  /**
   * @param number of the copy at its server
   * @param loss what is lost by the swap, counted with nobody writing
   */
  record Beside(String name, long number, RowLoss loss, Duration took) {}

  /**
   * @param at moment of the swap: part of the present one's new name
   * @param saved id of the backup that was taken of the present one; null = none was
   */
  record SwapOrder(
      PresentDatabase present,
      String copy,
      long copyNumber,
      Instant at,
      @JsonInclude(JsonInclude.Include.NON_NULL) String saved) {}

  /** Newest first. */
  record Kept(List<KeptDatabase> databases) {
    public Kept {
      databases = databases == null ? List.of() : List.copyOf(databases);
    }
  }

  /**
   * @param name of the database
   */
  record DropOrder(DatabaseReference database, String name) {}

  /**
   * @param former what the database that was there is called now
   */
  record Swapped(String former) {}
}
