package dev.signalbox.workflows.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A time in which nothing is promoted, by the clock on the wall of its zone: it holds from when
 * that clock shows {@code from} until it shows {@code to}.
 *
 * <p>Where the clock jumps over one of the two, it is reached with the jump; where it shows one
 * twice, the freeze begins at the first time and ends at the second: in doubt it is frozen.
 *
 * @param from every week, {@code "Fri 16:00"}, or once, {@code "2026-12-24T00:00"}
 * @param to of the same kind, and not reached any more
 * @param zone as {@code java.time} names it
 * @param reason null = none is given
 */
public record Freeze(String from, String to, String zone, String reason) {
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  /** What is wrong with it, in words; empty = nothing. */
  public Optional<String> mistake() {
    if (!isZone(zone)) {
      return Optional.of("zone: the name of a time zone: \"Europe/Berlin\", \"UTC\"");
    }
    boolean weekly = weekly(from).isPresent();
    boolean once = once(from).isPresent();
    if (!weekly && !once) {
      return Optional.of("from: \"Fri 16:00\" (every week) or \"2026-12-24T00:00\" (once)");
    }
    if (weekly ? weekly(to).isEmpty() : once(to).isEmpty()) {
      return Optional.of(
          weekly
              ? "to: a day and a time too: \"Mon 08:00\""
              : "to: a date and a time too: \"2026-12-27T08:00\"");
    }
    boolean empty =
        weekly
            ? weekly(from).get().equals(weekly(to).get())
            : !once(from).get().isBefore(once(to).get());
    return empty ? Optional.of("to: a later time than \"from\"") : Optional.empty();
  }

  private static boolean isZone(String name) {
    try {
      return name != null && ZoneId.of(name) != null;
    } catch (DateTimeException unknown) {
      return false;
    }
  }

  /** When it ends, of one that holds at this moment. */
  public Optional<Instant> endsAfter(Instant now) {
    return once(from).isPresent()
        ? span(once(from).get(), once(to).orElseThrow(), now)
        : everyWeek(now);
  }

  // It may have begun in the week before, and by the clock on the wall "now" may come twice.
  private Optional<Instant> everyWeek(Instant now) {
    Weekly begin = weekly(from).orElseThrow();
    LocalDate today = LocalDate.ofInstant(now, ZoneId.of(zone));
    LocalDate first = today.plusDays(1).with(TemporalAdjusters.previousOrSame(begin.day()));
    for (LocalDate day : List.of(first, first.minusWeeks(1), first.minusWeeks(2))) {
      LocalDateTime began = day.atTime(begin.time());
      Optional<Instant> end = span(began, weekly(to).orElseThrow().after(began), now);
      if (end.isPresent()) {
        return end;
      }
    }
    return Optional.empty();
  }

  /** When it begins next, later than now; empty = never again. */
  public Optional<Instant> beginsAfter(Instant now) {
    if (once(from).isPresent()) {
      return Optional.of(reached(once(from).get(), false)).filter(now::isBefore);
    }
    Weekly begin = weekly(from).orElseThrow();
    // The clock on the wall may show the time of this week's beginning again after it was turned.
    LocalDateTime first =
        LocalDate.ofInstant(now, ZoneId.of(zone))
            .with(TemporalAdjusters.nextOrSame(begin.day()))
            .atTime(begin.time());
    Instant next = reached(first, false);
    return Optional.of(now.isBefore(next) ? next : reached(first.plusWeeks(1), false));
  }

  private Optional<Instant> span(LocalDateTime began, LocalDateTime ends, Instant now) {
    Instant end = reached(ends, true);
    return now.isBefore(reached(began, false)) || !now.isBefore(end)
        ? Optional.empty()
        : Optional.of(end);
  }

  private Instant reached(LocalDateTime shown, boolean last) {
    return reached(ZoneId.of(zone), shown, last);
  }

  /** When the clock on the wall of a place is first, or last, at a time, or jumps over it. */
  public static Instant reached(ZoneId place, LocalDateTime shown, boolean last) {
    List<ZoneOffset> offsets = place.getRules().getValidOffsets(shown);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition jump = place.getRules().getTransition(shown);
      return jump.getInstant();
    }
    return shown.toInstant(offsets.get(last ? offsets.size() - 1 : 0));
  }

  /**
   * When it is open again, of an environment with these freezes.
   *
   * @param now at which it is frozen, or not
   * @return empty = it is not frozen now
   */
  public static Optional<Opening> opening(List<Freeze> freezes, Instant now) {
    Instant opens = now;
    Freeze cause = null;
    for (int more = 0; more < 1_000; more++) {
      Instant at = opens;
      Optional<Freeze> holds =
          freezes.stream().filter(one -> one.endsAfter(at).isPresent()).findFirst();
      if (holds.isEmpty()) {
        return cause == null ? Optional.empty() : Optional.of(new Opening(cause, opens));
      }
      cause = cause == null ? holds.get() : cause;
      opens = holds.get().endsAfter(at).get();
    }
    return Optional.of(new Opening(cause, null));
  }

  /**
   * @param cause the freeze that holds now
   * @param at when neither it nor one that follows on it holds any more; null = that is not in
   *     sight
   */
  public record Opening(Freeze cause, Instant at) {}

  /** As the file has it. */
  public String words() {
    return (weekly(from).isPresent() ? "every " : "")
        + from
        + " to "
        + to
        + " "
        + zone
        + (reason == null ? "" : ", " + reason);
  }

  private static Optional<LocalDateTime> once(String text) {
    try {
      return Optional.ofNullable(text)
          .map(
              one ->
                  one.contains("T")
                      ? LocalDateTime.parse(one)
                      : LocalDate.parse(one).atStartOfDay());
    } catch (DateTimeParseException other) {
      return Optional.empty();
    }
  }

  private static Optional<Weekly> weekly(String text) {
    String[] words = text == null ? new String[0] : text.strip().split("\\s+", -1);
    int day = words.length == 2 ? DAYS.indexOf(words[0].toLowerCase(Locale.ROOT)) : -1;
    try {
      return day < 0
          ? Optional.empty()
          : Optional.of(new Weekly(DayOfWeek.of(day + 1), LocalTime.parse(words[1], TIME)));
    } catch (DateTimeParseException other) {
      return Optional.empty();
    }
  }

  private record Weekly(DayOfWeek day, LocalTime time) {
    /** The next time after this one at which the clock shows it. */
    LocalDateTime after(LocalDateTime began) {
      LocalDateTime next = began.toLocalDate().with(TemporalAdjusters.nextOrSame(day)).atTime(time);
      return next.isAfter(began) ? next : next.plusWeeks(1);
    }
  }
}
