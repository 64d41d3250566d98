package dev.signalbox.activities.monitor;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.monitor.DatabaseTarget;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.State;
import dev.signalbox.workflows.policy.MonitorPolicy.DatabaseLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One look at one database: whether it answers {@code SELECT 1}, and how full it is. It reads in a
 * transaction that cannot write, and sets nothing that a pooler would hand on to others.
 */
final class DatabaseLooker {
  private static final Duration TO_ANSWER = Duration.ofSeconds(10);
  private static final String BEGIN = "begin read only";
  private static final String PATIENCE = "set local statement_timeout = '5s'";

  /** Of roles that ours may not look into, only that they are there is shown. */
  private static final String NUMBERS =
      """
      select pg_database_size(current_database()),
        count(*) filter (where coalesce(backend_type, 'client backend') = 'client backend'
          and datid is not null),
        current_setting('max_connections')::int,
        coalesce(extract(epoch from max(clock_timestamp() - query_start) filter (
          where state = 'active' and pid <> pg_backend_pid()
            and backend_type = 'client backend')), 0)::bigint
      from pg_stat_activity\
      """;

  private static final double MEGABYTE = 1024.0 * 1024;

  private final Function<DatabaseReference, DatabaseAddress> addresses;
  private final Pace pace;

  /** Railway is not asked for each look: an address holds until the database does not answer. */
  private final Map<DatabaseReference, DatabaseAddress> known = new ConcurrentHashMap<>();

  /**
   * @param addresses reads one; throws {@link ApiException} where there is none
   */
  DatabaseLooker(Function<DatabaseReference, DatabaseAddress> addresses, Pace pace) {
    this.addresses = addresses;
    this.pace = pace;
  }

  /**
   * @param longest seconds that the longest statement has run
   */
  record Numbers(long size, long connections, int most, long longest) {}

  Look look(DatabaseTarget target) {
    Instant at = pace.now();
    try {
      DatabaseAddress address = known.computeIfAbsent(target.reference(), addresses);
      return look(address, target, at);
    } catch (ApiException failed) {
      // Nobody asked the database: that Railway is away says nothing of it.
      boolean wrong = failed.is(Kind.REJECTED) || failed.is(Kind.NOT_FOUND);
      return new Look(
          wrong ? State.DEGRADED : State.UNKNOWN,
          "an address of a database",
          ForeignText.ofAnswer(failed.getMessage()),
          at,
          null);
    }
  }

  private Look look(DatabaseAddress address, DatabaseTarget target, Instant at) {
    long began = System.nanoTime();
    try (DatabaseSession session = DatabaseSession.open(address, "signalbox-monitor", TO_ANSWER)) {
      session.run(BEGIN);
      session.run(PATIENCE);
      session.value("select 1");
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      return judge(numbers(session), target.limits(), at, took);
    } catch (MigrationException failed) {
      // It may have moved since.
      known.remove(target.reference(), address);
      return new Look(
          State.DOWN, "1 from SELECT 1", ForeignText.ofAnswer(failed.answer()), at, null);
    }
  }

  private static Numbers numbers(DatabaseSession session) {
    try {
      return session
          .rows(
              NUMBERS,
              row -> new Numbers(row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4)))
          .get(0);
    } catch (MigrationException slow) {
      return null;
    }
  }

  /**
   * @param numbers null = it answers, and does not say them
   */
  static Look judge(Numbers numbers, DatabaseLimits limits, Instant at, Duration took) {
    String expected =
        "1 from SELECT 1, at most "
            + limits.connections()
            + "% of its connections, no statement longer than "
            + seconds(limits.longest().toSeconds())
            + (limits.size() == 0 ? "" : ", at most " + size(limits.size()));
    if (numbers == null) {
      return new Look(
          State.DEGRADED, expected, "1, and no word of its size and sessions", at, took);
    }
    boolean full =
        100 * numbers.connections() > (long) limits.connections() * numbers.most()
            || numbers.longest() > limits.longest().toSeconds()
            || (limits.size() > 0 && numbers.size() > limits.size());
    String got =
        "1, %d of %d connections, the longest statement %s, %s"
            .formatted(
                numbers.connections(),
                numbers.most(),
                seconds(numbers.longest()),
                size(numbers.size()));
    return new Look(full ? State.DEGRADED : State.UP, expected, got, at, took);
  }

  private static String seconds(long seconds) {
    return seconds + " s";
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
  }
}
