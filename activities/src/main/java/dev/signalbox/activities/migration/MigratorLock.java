package dev.signalbox.activities.migration;

import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding.Backend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One migrator for each database, ever: PostgreSQL's advisory lock, on a session of its own that
 * does nothing else, in the database that it is about. It ends with its holder, so who gets it
 * looks whether a former one's statements still run.
 */
public final class MigratorLock implements AutoCloseable {
  /** Ours, in the key space that all users of advisory locks share: "Signalbo". */
  public static final long KEY = 0x5369676e616c626fL;

  private static final Duration POLL = Duration.ofSeconds(1);

  private static final String HOLDER =
      """
      select a.pid, a.application_name
      from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and l.objsubid = 1
        and l.classid::bigint = ? and l.objid::bigint = ?
        and l.database = (select oid from pg_database where datname = current_database())\
      """;

  private final DatabaseSession session;
  private final MarkedBackends backends;
  private final int pid;

  private MigratorLock(DatabaseSession session) {
    this.session = session;
    this.backends = new MarkedBackends(session);
    this.pid = Integer.parseInt(session.value("select pg_backend_pid()"));
  }

  /** What keeps us from beginning; nothing was done. */
  static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Taken(String message) {
      super(message);
    }
  }

  /**
   * Waits for the lock and for the end of what a former holder left running.
   *
   * @param patience for both together
   * @throws Taken one of them did not come
   * @throws MigrationException the database does not answer, or refuses
   */
  static MigratorLock take(
      DatabaseAddress address, RunMark run, Pace pace, Waiting waiting, Duration patience) {
    Instant until = pace.now().plus(patience);
    DatabaseSession session = waiting.answer(() -> DatabaseSession.open(address, run.lock()));
    try {
      MigratorLock lock = new MigratorLock(session);
      while (!lock.tried()) {
        if (!pace.now().isBefore(until)) {
          throw new Taken(
              "another migrator holds the lock on "
                  + address.place()
                  + " ("
                  + lock.holder()
                  + "); nothing was sent, and it is tried again");
        }
        waiting.until(earlier(pace.now().plus(POLL), until));
      }
      for (List<Backend> left = lock.backends.all(); !left.isEmpty(); left = lock.backends.all()) {
        if (!pace.now().isBefore(until)) {
          throw new Taken(
              "a former migration still runs on "
                  + address.place()
                  + " ("
                  + left.stream().map(MarkedBackends::words).collect(Collectors.joining("; "))
                  + "); nothing was sent, and it is tried again. End it with"
                  + " pg_terminate_backend if nobody waits for it");
        }
        waiting.until(earlier(pace.now().plus(POLL), until));
      }
      return lock;
    } catch (RuntimeException failed) {
      session.close();
      throw failed;
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private boolean tried() {
    return session.rows("select pg_try_advisory_lock(?)", row -> row.getBoolean(1), KEY).get(0);
  }

  private String holder() {
    return session
        .rows(HOLDER, row -> "process " + row.getInt(1) + ", " + row.getString(2), high(), low())
        .stream()
        .findFirst()
        .orElse("it has just ended");
  }

  /** PostgreSQL shows the key in two halves. */
  static long high() {
    return KEY >>> 32;
  }

  static long low() {
    return KEY & 0xffffffffL;
  }

  /** The server process that holds it. */
  int pid() {
    return pid;
  }

  MarkedBackends backends() {
    return backends;
  }

  @Override
  public void close() {
    session.close();
  }
}
