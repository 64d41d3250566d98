package dev.signalbox.workflows.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.Freeze.Opening;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeTest {
  private static final Freeze WEEKEND =
      new Freeze("Fri 16:00", "Mon 08:00", "Europe/Berlin", "weekend");

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T14:59:59Z, ",
    "2026-11-27T15:00:00Z, 2026-11-30T07:00:00Z",
    "2026-11-29T12:00:00Z, 2026-11-30T07:00:00Z",
    "2026-11-30T06:59:59Z, 2026-11-30T07:00:00Z",
    "2026-11-30T07:00:00Z, ",
    "2026-06-26T13:59:59Z, ",
    "2026-06-26T14:00:00Z, 2026-06-29T06:00:00Z"
  })
  void holdsEveryWeekByTheClockOfItsZone(Instant now, Instant ends) {
    assertThat(WEEKEND.endsAfter(now).orElse(null)).isEqualTo(ends);
  }

  // On 2026-03-29 the clock of Berlin jumps from 02:00 to 03:00, at 01:00Z.
  @ParameterizedTest
  @CsvSource({
    "Sun 02:30, Sun 05:00, 2026-03-29T00:59:59Z, ",
    "Sun 02:30, Sun 05:00, 2026-03-29T01:00:00Z, 2026-03-29T03:00:00Z",
    "Sat 20:00, Sun 02:30, 2026-03-29T00:59:59Z, 2026-03-29T01:00:00Z",
    "Sat 20:00, Sun 02:30, 2026-03-29T01:00:00Z, ",
    "2026-03-29T02:30, 2026-03-29T05:00, 2026-03-29T01:00:00Z, 2026-03-29T03:00:00Z"
  })
  void beginsAndEndsWithTheJumpWhereTheClockSkipsItsTime(
      String from, String to, Instant now, Instant ends) {
    assertThat(berlin(from, to).endsAfter(now).orElse(null)).isEqualTo(ends);
  }

  // On 2026-10-25 the clock of Berlin shows 02:00 to 03:00 twice, from 00:00Z and from 01:00Z.
  @ParameterizedTest
  @CsvSource({
    "Sun 02:30, Sun 05:00, 2026-10-25T00:29:59Z, ",
    "Sun 02:30, Sun 05:00, 2026-10-25T00:30:00Z, 2026-10-25T04:00:00Z",
    "Sun 02:30, Sun 05:00, 2026-10-25T01:10:00Z, 2026-10-25T04:00:00Z",
    "Sat 20:00, Sun 02:30, 2026-10-25T01:29:59Z, 2026-10-25T01:30:00Z",
    "Sat 20:00, Sun 02:30, 2026-10-25T01:30:00Z, "
  })
  void beginsTheFirstAndEndsTheSecondTimeWhereTheClockShowsItTwice(
      String from, String to, Instant now, Instant ends) {
    assertThat(berlin(from, to).endsAfter(now).orElse(null)).isEqualTo(ends);
  }

  @ParameterizedTest
  @CsvSource({
    "Sun 02:30, Sun 05:00, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
    "Sun 02:30, Sun 05:00, 2026-03-29T01:00:00Z, 2026-04-05T00:30:00Z",
    "Sun 02:30, Sun 05:00, 2026-10-25T00:29:59Z, 2026-10-25T00:30:00Z",
    "Sun 02:30, Sun 05:00, 2026-10-25T01:10:00Z, 2026-11-01T01:30:00Z",
    "2026-12-24T10:00, 2026-12-24T12:00, 2026-12-24T08:59:59Z, 2026-12-24T09:00:00Z",
    "2026-12-24T10:00, 2026-12-24T12:00, 2026-12-24T09:00:00Z, "
  })
  void knowsWhenItBeginsNext(String from, String to, Instant now, Instant begins) {
    assertThat(berlin(from, to).beginsAfter(now).orElse(null)).isEqualTo(begins);
  }

  // Lord Howe moves its clock by half an hour: 02:00 to 02:30 is skipped on 2026-10-04 (15:30Z the
  // day before), and 01:30 to 02:00 is shown twice on 2026-04-05 (14:30Z and 15:00Z).
  @ParameterizedTest
  @CsvSource({
    "Sun 02:15, Sun 04:00, 2026-10-03T15:29:59Z, ",
    "Sun 02:15, Sun 04:00, 2026-10-03T15:30:00Z, 2026-10-03T17:00:00Z",
    "Sun 01:45, Sun 04:00, 2026-04-04T14:44:59Z, ",
    "Sun 01:45, Sun 04:00, 2026-04-04T14:45:00Z, 2026-04-04T17:30:00Z",
    "Sat 20:00, Sun 01:45, 2026-04-04T15:14:59Z, 2026-04-04T15:15:00Z"
  })
  void isRightWhereTheClockMovesByHalfAnHour(String from, String to, Instant now, Instant ends) {
    assertThat(new Freeze(from, to, "Australia/Lord_Howe", null).endsAfter(now).orElse(null))
        .isEqualTo(ends);
  }

  /**
   * Whatever the clock on the wall shows between the two is frozen; more than that only where it
   * shows a time twice, and then without a gap.
   */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29, 2026-10-25",
    "America/New_York, 2026-03-08, 2026-11-01",
    "Australia/Lord_Howe, 2026-04-05, 2026-10-04",
    "America/Sao_Paulo, 2018-02-18, 2018-11-04",
    "Africa/Cairo, 2026-04-24, 2026-10-30"
  })
  void agreesWithTheClockOnTheWallAroundEveryChangeOfIt(
      String zone, LocalDate one, LocalDate other) {
    Random lots = new Random(7);
    List<String> wrong = new ArrayList<>();
    for (LocalDate change : List.of(one, other)) {
      for (int round = 0; round < 12; round++) {
        LocalDateTime near = change.minusDays(1).atTime(22, 0).plusMinutes(15L * lots.nextInt(28));
        LocalDateTime far = change.atTime(0, 0).plusMinutes(15L * (lots.nextInt(480) + 28));
        LocalDateTime from = round % 2 == 0 ? near : far;
        compare(from, from.equals(near) ? far : near, zone, change, wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void compare(
      LocalDateTime from, LocalDateTime to, String where, LocalDate day, List<String> wrong) {
    Freeze freeze = new Freeze(weekly(from), weekly(to), where, null);
    ZoneId zone = ZoneId.of(where);
    Instant first = day.minusDays(1).atStartOfDay(zone).toInstant();
    Instant turned = zone.getRules().nextTransition(first).getInstant();
    Optional<Instant> end = Optional.empty();
    for (Instant at = first;
        at.isBefore(first.plus(Duration.ofDays(3)));
        at = at.plusSeconds(900)) {
      LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
      Optional<Instant> ends = freeze.endsAfter(at);
      boolean between = between(minute(from), minute(to), minute(shown));
      boolean turning = Duration.between(at, turned).abs().compareTo(Duration.ofHours(1)) <= 0;
      boolean gap = end.isPresent() && at.isBefore(end.get()) && !ends.equals(end);
      boolean other = ends.isPresent() != between && (between || !turning);
      if (gap || other || (ends.isEmpty() && !beginsRightly(freeze, at))) {
        wrong.add(freeze.words() + " at " + at + ": " + ends);
      }
      end = ends;
    }
  }

  private static boolean beginsRightly(Freeze freeze, Instant at) {
    Instant begins = freeze.beginsAfter(at).orElseThrow();
    return freeze.endsAfter(begins).isPresent()
        && freeze.endsAfter(begins.minusSeconds(1)).isEmpty();
  }

  private static String weekly(LocalDateTime time) {
    return DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH).format(time);
  }

  private static int minute(LocalDateTime time) {
    return time.getDayOfWeek().getValue() * 1440 + time.getHour() * 60 + time.getMinute();
  }

  private static boolean between(int from, int to, int shown) {
    return from < to ? from <= shown && shown < to : shown >= from || shown < to;
  }

  @Test
  void mayLastFromOneDayOverAWholeWeekToTheSameDay() {
    Freeze nearlyAlways = new Freeze("Mon 12:00", "Mon 11:00", "UTC", null);

    assertThat(nearlyAlways.endsAfter(Instant.parse("2026-11-30T10:00:00Z")))
        .contains(Instant.parse("2026-11-30T11:00:00Z"));
    assertThat(nearlyAlways.endsAfter(Instant.parse("2026-11-30T11:30:00Z"))).isEmpty();
  }

  @Test
  void opensWhenNoneThatFollowsOnItHoldsAnyMore() {
    Freeze day = new Freeze("2026-11-30", "2026-12-01T00:00", "Europe/Berlin", "launch");

    assertThat(Freeze.opening(List.of(day, WEEKEND), Instant.parse("2026-11-29T12:00:00Z")))
        .contains(new Opening(WEEKEND, Instant.parse("2026-11-30T23:00:00Z")));
  }

  @Test
  void saysThatNoOpeningIsInSightWhereOneFollowsTheOtherForEver() {
    Freeze rest = new Freeze("Mon 08:00", "Fri 16:00", "Europe/Berlin", null);

    assertThat(Freeze.opening(List.of(WEEKEND, rest), Instant.parse("2026-11-29T12:00:00Z")))
        .contains(new Opening(WEEKEND, null));
  }

  @ParameterizedTest
  @CsvSource({
    "Fri 16:00, Mon 08:00, Europe/Berlim, zone",
    "Friday 16:00, Mon 08:00, UTC, from",
    "Fri 25:00, Mon 08:00, UTC, from",
    "Fri 16:00, 2026-12-24T00:00, UTC, to",
    "Fri 16:00, Fri 16:00, UTC, to",
    "2026-12-24T00:00, 2026-12-23T00:00, UTC, to",
    "2026-12-24T00:00, Mon 08:00, UTC, to"
  })
  void namesWhatIsWrongWithIt(String from, String to, String zone, String key) {
    assertThat(new Freeze(from, to, zone, null).mistake()).get().asString().startsWith(key + ": ");
  }

  private static Freeze berlin(String from, String to) {
    return new Freeze(from, to, "Europe/Berlin", null);
  }
}
