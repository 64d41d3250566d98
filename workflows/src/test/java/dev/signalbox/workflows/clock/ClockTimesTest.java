package dev.signalbox.workflows.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockTimesTest {
  private static final Instant FRIDAY = Instant.parse("2026-11-27T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 3 * * *     | UTC              | 2026-11-28T03:00:00Z",
        "0 3 * * *     | Europe/Berlin    | 2026-11-28T02:00:00Z",
        "30 12 * * *   | UTC              | 2026-11-27T12:30:00Z",
        "*/20 * * * *  | UTC              | 2026-11-27T12:20:00Z",
        "5-59/20 * * * * | UTC            | 2026-11-27T12:05:00Z",
        "0 3 * * 1,3   | UTC              | 2026-11-30T03:00:00Z",
        "0 0 * * 0     | UTC              | 2026-11-29T00:00:00Z",
        "15 4 1 * *    | UTC              | 2026-12-01T04:15:00Z",
        "0 0 29 2 *    | UTC              | 2028-02-29T00:00:00Z",
        "0 9 * * *     | America/New_York | 2026-11-27T14:00:00Z"
      })
  void findsTheNextTime(String cron, String zone, Instant next) {
    assertThat(new ClockTimes(cron, zone).next(FRIDAY)).contains(next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 3 * * *   | Mars/Olympus | no time zone",
        "0 3 * *     | UTC          | want five fields",
        "0 24 * * *  | UTC          | the hour: want numbers from 0 to 23",
        "60 3 * * *  | UTC          | the minute: want numbers from 0 to 59",
        "0 3 * * 7   | UTC          | the day of the week: want numbers from 0 to 6",
        "0 3 * * MON | UTC          | found MON",
        "0 5-3 * * * | UTC          | found 5-3",
        "*/0 3 * * * | UTC          | found */0",
        "0 3 1 * 1   | UTC          | engines differ",
        "0 3 31 2 *  | UTC          | never comes"
      })
  void saysWhatIsWrong(String cron, String zone, String problem) {
    assertThat(new ClockTimes(cron, zone).problem()).get().asString().contains(problem);
  }

  @Test
  void followsSummerTimeAndLeavesOutAnHourThatDoesNotComeInSpring() {
    ClockTimes times = new ClockTimes("30 2 * * *", "Europe/Berlin");

    assertThat(times.next(Instant.parse("2026-03-28T12:00:00Z")))
        .contains(Instant.parse("2026-03-30T00:30:00Z"));
    assertThat(times.next(Instant.parse("2026-10-25T02:00:00Z")))
        .contains(Instant.parse("2026-10-26T01:30:00Z"));
  }

  @Test
  void findsTheLatestTimeAndCountsWhatLiesBetween() {
    ClockTimes times = ClockTimes.daily(LocalTime.of(3, 0), "UTC");
    Instant monday = Instant.parse("2026-11-23T03:00:00Z");
    Instant friday = Instant.parse("2026-11-27T03:00:00Z");

    assertThat(times.latest(FRIDAY)).contains(friday);
    assertThat(times.latest(friday)).contains(friday);
    assertThat(times.between(monday, friday, 10)).isEqualTo(3);
    assertThat(times.between(monday, friday, 2)).isEqualTo(2);
    assertThat(times.between(friday, friday, 10)).isZero();
  }

  @Test
  void saysAPlainTimeOfEachDayAsSuch() {
    assertThat(ClockTimes.daily(LocalTime.of(3, 5), "UTC").words()).isEqualTo("daily at 03:05 UTC");
    assertThat(new ClockTimes("*/5 3 * * *", "UTC").words()).isEqualTo("at */5 3 * * * UTC");
  }
}
