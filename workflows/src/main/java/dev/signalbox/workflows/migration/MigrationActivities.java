package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Runs the project's own migrations on a database of the project. The database's address is read
 * from Railway at the moment of use and passed to the child process by environment; it is in no
 * input, result or failure. All of them heartbeat while they work.
 */
@ActivityInterface
public interface MigrationActivities {
  /** Begin of the heartbeat details of an upgrade that has not begun: what it waits for follows. */
  String WAITING = "waiting";

  /** Kind of the failure of an upgrade that was called off. */
  String CANCELLED = "cancelled";

  /**
   * Says what an upgrade to the commit's head would do. Reads only, retried.
   *
   * <p>Fails for good where the project's code or a tool cannot be used, with the sentence.
   */
  @ActivityMethod(name = "PlanMigration")
  MigrationPlan plan(PlanOrder order);

  /**
   * Says what Railway's command would do to a database that is not reached from here, by the
   * commit's own files and by what is on record of where it stands. Asks no database. Reads only,
   * retried. Fails as {@link #plan}.
   *
   * @return {@code UNSEEN} where nothing is on record: only the heads are known then
   */
  @ActivityMethod(name = "PlanUnaskedMigration")
  MigrationPlan planUnasked(UnaskedOrder order);

  /**
   * @param recorded where it stands, by whose word
   * @param withSql as in {@link PlanOrder}
   */
  record UnaskedOrder(
      DatabaseReference database,
      MigrationSourceReference source,
      RecordedSchema recorded,
      boolean withSql) {}

  /**
   * Runs these revisions one after another. <b>Bare</b>: one attempt. Before it says {@code
   * sending} it holds the advisory lock of that database, sees that no backend of a former attempt
   * is left, and that the database stands at {@code from}; where one of these does not hold it
   * fails with a type that proves that nothing happened: {@code NotSent} where waiting may help
   * (another one holds the lock), {@code Rejected} where it does not. After {@code sending} only
   * the database knows: {@link #standing}.
   *
   * <p>Its heartbeat details are one text: none or {@link #WAITING} and some words before that, and
   * from then on {@code sending} at their begin, with the last line of the output behind it.
   *
   * <p>When it is cancelled it ends what runs, makes sure that no backend is left, and answers with
   * how far it came: {@code failed} is of kind {@link #CANCELLED}.
   */
  @ActivityMethod(name = "UpgradeDatabase")
  UpgradeEnd upgrade(UpgradeOrder order);

  /**
   * Where the database stands, once no backend of {@code run} works on it any more, the one that
   * holds the lock of an attempt included: waits for them for {@code patience}, and then answers
   * with those that are left. Reads only, retried.
   */
  @ActivityMethod(name = "ReadSchema")
  SchemaStanding standing(StandingQuery query);

  /**
   * Restores a backup into a scratch database, runs the revisions there, and drops it always.
   * Marked by {@code run}: a scratch database of a former attempt is dropped first. Retried.
   */
  @ActivityMethod(name = "RehearseMigration")
  Rehearsal rehearse(RehearsalOrder order);

  /**
   * Says what taking revisions back would do, and counts what would be lost. Reads only, retried.
   * Fails as {@link #plan}; where there is no such way down the plan says so.
   */
  @ActivityMethod(name = "PlanDowngrade")
  DowngradePlan planDowngrade(DowngradeQuery query);

  /**
   * @param to the revision to go down to
   * @param withSql as in {@link PlanOrder}
   */
  record DowngradeQuery(
      DatabaseReference database, MigrationSourceReference source, String to, boolean withSql) {}

  /**
   * @param withSql whether the SQL of the revisions is wanted: a history should not carry it
   */
  record PlanOrder(DatabaseReference database, MigrationSourceReference source, boolean withSql) {}

  /**
   * @param run marks the connections: whose attempt this is
   * @param from revisions that the database must name, sorted; empty = none yet
   * @param revisions to run, in order
   * @param downTo they are taken back instead, the newest first, until the database names this one;
   *     null = they are run
   * @param identity the database that it was planned for, or nothing is sent; null = not known
   */
  record UpgradeOrder(
      DatabaseReference database,
      MigrationSourceReference source,
      String run,
      List<String> from,
      List<String> revisions,
      @JsonInclude(JsonInclude.Include.NON_NULL) String downTo,
      @JsonInclude(JsonInclude.Include.NON_NULL) DatabaseIdentity identity) {
    /** They are run. */
    public UpgradeOrder(
        DatabaseReference database,
        MigrationSourceReference source,
        String run,
        List<String> from,
        List<String> revisions) {
      this(database, source, run, from, revisions, null, null);
    }

    public UpgradeOrder {
      from = from == null ? List.of() : List.copyOf(from);
      revisions = revisions == null ? List.of() : List.copyOf(revisions);
    }
  }

  /**
   * How an upgrade ended.
   *
   * @param ran those that are recorded on the database now, in order
   * @param failed the one that ended it; null = all ran
   * @param at what the database names afterwards, sorted
   * @param notes what people should know: settings of env.py that won over ours, invalid indexes
   */
  record UpgradeEnd(List<Ran> ran, FailedRevision failed, List<String> at, List<String> notes) {
    public UpgradeEnd {
      ran = ran == null ? List.of() : List.copyOf(ran);
      at = at == null ? List.of() : List.copyOf(at);
      notes = notes == null ? List.of() : List.copyOf(notes);
    }

    /** One revision and how long it took. */
    public record Ran(String revision, Duration took) {}

    /**
     * @param kind class of the driver's exception, or a word of ours ({@code not-recorded})
     * @param sqlState PostgreSQL's code; null = none
     * @param statement which one failed; null = not known
     * @param error one sentence, without values of rows
     * @param log its last lines, cleaned of secrets and of values of rows
     */
    public record FailedRevision(
        String revision,
        String kind,
        String sqlState,
        String statement,
        String error,
        List<String> log) {
      public FailedRevision {
        log = log == null ? List.of() : List.copyOf(log);
      }
    }
  }

  /**
   * @param run whose connections are waited for
   */
  record StandingQuery(
      DatabaseReference database, MigrationSourceReference source, String run, Duration patience) {}

  /**
   * What a database says of itself.
   *
   * @param at revisions that it names, sorted
   * @param working what connections of the run still do; empty = nothing of it is left
   * @param invalidIndexes left behind by a CREATE INDEX CONCURRENTLY that did not end
   * @param pending whether the code has something to run there; null = its revisions say so
   */
  record SchemaStanding(
      List<String> at,
      List<Backend> working,
      List<String> invalidIndexes,
      Instant readAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) Boolean pending) {
    public SchemaStanding(
        List<String> at, List<Backend> working, List<String> invalidIndexes, Instant readAt) {
      this(at, working, invalidIndexes, readAt, null);
    }

    public SchemaStanding {
      at = at == null ? List.of() : List.copyOf(at);
      working = working == null ? List.of() : List.copyOf(working);
      invalidIndexes = invalidIndexes == null ? List.of() : List.copyOf(invalidIndexes);
    }

    /**
     * One connection.
     *
     * @param since begin of its transaction; null = none is open
     * @param statement its first words, without literals
     */
    public record Backend(int pid, String state, Instant since, String statement) {}
  }

  /**
   * @param backup id of the receipt whose backup is restored
   * @param run marks the scratch database
   * @param downTo as in {@link UpgradeOrder}
   */
  record RehearsalOrder(
      DatabaseReference database,
      MigrationSourceReference source,
      String run,
      String backup,
      List<String> revisions,
      @JsonInclude(JsonInclude.Include.NON_NULL) String downTo) {
    /** They are run. */
    public RehearsalOrder(
        DatabaseReference database,
        MigrationSourceReference source,
        String run,
        String backup,
        List<String> revisions) {
      this(database, source, run, backup, revisions, null);
    }

    public RehearsalOrder {
      revisions = revisions == null ? List.of() : List.copyOf(revisions);
    }
  }

  /**
   * What the revisions did to a copy.
   *
   * @param failed null = all ran
   */
  record Rehearsal(List<Rehearsed> revisions, UpgradeEnd.FailedRevision failed) {
    public Rehearsal {
      revisions = revisions == null ? List.of() : List.copyOf(revisions);
    }

    /**
     * @param exclusive the longest that one table could not even be read (ACCESS EXCLUSIVE); null =
     *     nobody measured what it does
     * @param table which; null = none was locked so
     * @param locks strongest lock by table, as PostgreSQL names them
     * @param rowsWritten inserted, updated and deleted
     * @param rewritten tables that were written anew as a whole
     */
    public record Rehearsed(
        String revision,
        Duration took,
        Duration exclusive,
        String table,
        List<String> locks,
        long rowsWritten,
        List<String> rewritten) {
      public Rehearsed {
        locks = locks == null ? List.of() : List.copyOf(locks);
        rewritten = rewritten == null ? List.of() : List.copyOf(rewritten);
      }
    }
  }
}
