package dev.signalbox.workflows.clock;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * When something is done by the clock: a cron expression of five fields, in a time zone. An hour
 * that the clock leaves out or passes twice counts once at most.
 *
 * @param cron minute, hour, day of the month, month, day of the week (0 = Sunday)
 * @param zone by its name, such as Europe/Berlin
 */
public record ClockTimes(String cron, String zone) {
  private static final int FIELDS = 5;
  private static final int HOUR = 60;
  private static final int DAY = 24;

  /** Every four years has a 29th of February, but for a turn of the century. */
  private static final int LONGEST_SEARCH_DAYS = 8 * 366;

  /** One time each day. */
  public static ClockTimes daily(LocalTime at, String zone) {
    return new ClockTimes(at.getMinute() + " " + at.getHour() + " * * *", zone);
  }

  /** Again and again; empty when it is no part of an hour or of a day, in whole minutes. */
  public static Optional<ClockTimes> every(Duration pause) {
    long minutes = pause.toMinutes();
    if (minutes < 1 || !pause.equals(Duration.ofMinutes(minutes))) {
      return Optional.empty();
    }
    if (minutes < HOUR && HOUR % minutes == 0) {
      return Optional.of(new ClockTimes((minutes == 1 ? "*" : "*/" + minutes) + " * * * *", "UTC"));
    }
    long hours = minutes / HOUR;
    return minutes % HOUR == 0 && hours <= DAY && DAY % hours == 0
        ? Optional.of(new ClockTimes(hours == DAY ? "0 0 * * *" : "0 */" + hours + " * * *", "UTC"))
        : Optional.empty();
  }

  /** What is wrong with them, in words that follow the value; empty = nothing. */
  public Optional<String> problem() {
    try {
      ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      return Optional.of(
          "\"" + zone + "\" is no time zone; allowed: UTC, or one such as Europe/Berlin");
    }
    try {
      if (next(Instant.EPOCH).isEmpty()) {
        return Optional.of("\"" + cron + "\" never comes");
      }
    } catch (IllegalArgumentException wrong) {
      return Optional.of("\"" + cron + "\": " + wrong.getMessage());
    }
    return Optional.empty();
  }

  /** The first one after a moment; empty = it never comes. */
  public Optional<Instant> next(Instant after) {
    return search(after, 1, times -> times.higher(after));
  }

  /** The last one that is not after a moment; empty = there was none in eight years. */
  public Optional<Instant> latest(Instant until) {
    return search(until, -1, times -> times.floor(until));
  }

  /**
   * Day by day from a moment on.
   *
   * @param step 1 = forwards, -1 = backwards
   * @param pick from the times of a day; null = none of them
   */
  private Optional<Instant> search(
      Instant from, int step, Function<TreeSet<Instant>, Instant> pick) {
    Fields fields = Fields.of(cron);
    ZoneId at = ZoneId.of(zone);
    LocalDate first = from.atZone(at).toLocalDate();
    return IntStream.range(0, LONGEST_SEARCH_DAYS)
        .mapToObj(days -> pick.apply(fields.of(first.plusDays((long) days * step), at)))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /**
   * How many lie between two moments, neither of them counted.
   *
   * @param most where counting ends
   */
  public int between(Instant after, Instant before, int most) {
    int count = 0;
    for (Optional<Instant> time = next(after);
        count < most && time.isPresent() && time.get().isBefore(before);
        time = next(time.get())) {
      count++;
    }
    return count;
  }

  /** In words; a plain time of each day is said as such. */
  public String words() {
    String[] fields = cron.split(" ", -1);
    boolean daily =
        cron.endsWith(" * * *") && fields[0].matches("\\d+") && fields[1].matches("\\d+");
    return (daily
            ? "daily at %02d:%02d".formatted(Integer.valueOf(fields[1]), Integer.valueOf(fields[0]))
            : "at " + cron)
        + " "
        + zone;
  }

  /** What each of the five allows. */
  private record Fields(
      TreeSet<Integer> minutes,
      TreeSet<Integer> hours,
      TreeSet<Integer> days,
      TreeSet<Integer> months,
      TreeSet<Integer> weekdays) {

    static Fields of(String cron) {
      String[] fields = cron.split(" ", -1);
      if (fields.length != FIELDS) {
        throw new IllegalArgumentException(
            "want five fields (minute, hour, day, month, day of the week), found " + fields.length);
      }
      if (!fields[2].equals("*") && !fields[4].equals("*")) {
        throw new IllegalArgumentException(
            "want a day of the month or a day of the week, found both: engines differ in what that"
                + " means");
      }
      return new Fields(
          numbers(fields[0], "minute", 0, 59),
          numbers(fields[1], "hour", 0, 23),
          numbers(fields[2], "day", 1, 31),
          numbers(fields[3], "month", 1, 12),
          numbers(fields[4], "day of the week", 0, 6));
    }

    private static TreeSet<Integer> numbers(String field, String name, int least, int most) {
      TreeSet<Integer> numbers = new TreeSet<>();
      for (String part : field.split(",", -1)) {
        if (!part.matches("(\\*|\\d{1,2}(-\\d{1,2})?)(/\\d{1,2})?")) {
          throw wrong(part, name, least, most);
        }
        String[] stepped = part.split("/", -1);
        String[] range = stepped[0].split("-", -1);
        boolean every = stepped[0].equals("*");
        int first = every ? least : Integer.parseInt(range[0]);
        boolean open = every || (range.length == 1 && stepped.length == 2);
        int last = open ? most : Integer.parseInt(range[range.length - 1]);
        int step = stepped.length == 1 ? 1 : Integer.parseInt(stepped[1]);
        if (first < least || last > most || first > last || step == 0) {
          throw wrong(part, name, least, most);
        }
        IntStream.rangeClosed(first, last)
            .filter(number -> (number - first) % step == 0)
            .forEach(numbers::add);
      }
      return numbers;
    }

    private static IllegalArgumentException wrong(String part, String name, int least, int most) {
      return new IllegalArgumentException(
          "the %s: want numbers from %d to %d, as in 3 or 1-5 or */2 or 1,3; found %s"
              .formatted(name, least, most, part));
    }

    /** Those of one day, in order. */
    TreeSet<Instant> of(LocalDate day, ZoneId zone) {
      TreeSet<Instant> times = new TreeSet<>();
      if (days.contains(day.getDayOfMonth())
          && months.contains(day.getMonthValue())
          && weekdays.contains(day.getDayOfWeek().getValue() % 7)) {
        for (int hour : hours) {
          for (int minute : minutes) {
            ZonedDateTime time = day.atTime(hour, minute).atZone(zone);
            if (time.getHour() == hour) {
              times.add(time.toInstant());
            }
          }
        }
      }
      return times;
    }
  }
}
