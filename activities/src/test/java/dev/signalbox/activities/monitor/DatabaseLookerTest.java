package dev.signalbox.activities.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.PostgresServer;
import dev.signalbox.activities.monitor.DatabaseLooker.Numbers;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.monitor.DatabaseTarget;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.State;
import dev.signalbox.workflows.policy.MonitorPolicy.DatabaseLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a real PostgreSQL. */
class DatabaseLookerTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  private static final DatabaseTarget TARGET =
      new DatabaseTarget(
          new DatabaseReference("inspector", null, "production", "backend", "DATABASE_URL"),
          new DatabaseLimits(80, Duration.ofMinutes(10), 1L << 40));

  @Test
  void saysHowFullADatabaseIs() {
    Look look = at(POSTGRES.database()).look(TARGET);

    assertThat(look.state()).isEqualTo(State.UP);
    assertThat(look.got())
        .matches(
            "1, \\d+ of \\d+ connections, the longest statement \\d+ s, [1-9][0-9]*[.][0-9] MB");
  }

  @Test
  void looksWithoutMoreRightsThanAnyRoleHas() {
    String address = POSTGRES.guarded(POSTGRES.database(), PostgresServer.PASSWORD);

    assertThat(at(address).look(TARGET).state()).isEqualTo(State.UP);
  }

  @Test
  void isDownWhenNobodyAnswersAndReadsTheAddressAnew() {
    DatabaseLooker looker =
        at("postgresql://ana:canary@127.0.0.1:1/gone", POSTGRES.database(), "postgresql://no/more");

    Look dead = looker.look(TARGET);

    assertThat(dead.state()).isEqualTo(State.DOWN);
    assertThat(dead.got()).contains("refused").doesNotContain("canary");
    assertThat(looker.look(TARGET).state()).isEqualTo(State.UP);
    assertThat(looker.look(TARGET).state()).isEqualTo(State.UP);
  }

  @Test
  void saysNothingOfADatabaseWhoseAddressNobodyKnowsNow() {
    DatabaseLooker away =
        new DatabaseLooker(
            reference -> {
              throw ApiException.unavailable("Railway: no answer");
            },
            Pace.of(Clock.systemUTC()));

    assertThat(away.look(TARGET).state()).isEqualTo(State.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "80, 100, 600, 10, UP",
    "81, 100, 600, 10, DEGRADED",
    "80, 100, 601, 10, DEGRADED",
    "80, 100, 600, 11, DEGRADED"
  })
  void isDegradedBeyondALimit(long connections, int most, long longest, long size, State state) {
    Look look =
        DatabaseLooker.judge(
            new Numbers(size << 20, connections, most, longest),
            new DatabaseLimits(80, Duration.ofMinutes(10), 10 << 20),
            NOW,
            Duration.ZERO);

    assertThat(look.state()).isEqualTo(state);
    assertThat(look.expected())
        .isEqualTo(
            "1 from SELECT 1, at most 80% of its connections, no statement longer than 600 s,"
                + " at most 10.0 MB");
  }

  private static DatabaseLooker at(String... addresses) {
    Queue<String> next = new ArrayDeque<>(List.of(addresses));
    return new DatabaseLooker(
        reference -> new DatabaseAddress("DATABASE_URL", next.remove()),
        Pace.of(Clock.systemUTC()));
  }
}
