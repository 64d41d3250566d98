package dev.signalbox.starter.cli;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workers.policy.Durations;
import dev.signalbox.workflows.policy.Freeze;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** When something ends by itself. */
final class UntilOption {
  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description =
          "When it ends by itself: 2026-12-27T08:00, that with Z or an offset, or 90m from now.")
  String until;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Whose clock --until means, such as Europe/Berlin; else UTC.")
  String zone;

  /**
   * Empty = it does not end by itself.
   *
   * @throws TroubleException exit 2, when it is no such time
   */
  Optional<Instant> moment(Instant now) {
    if (until == null) {
      return Optional.empty();
    }
    Optional<Duration> fromNow = Durations.parse(until);
    return Optional.of(fromNow.isPresent() ? now.plus(fromNow.get()) : written());
  }

  private Instant written() {
    try {
      return until.matches(".*(Z|[+-][0-9:]+)$") && until.contains("T")
          ? OffsetDateTime.parse(until).toInstant()
          : Freeze.reached(
              ZoneId.of(zone == null ? "UTC" : zone), LocalDateTime.parse(until), true);
    } catch (DateTimeParseException noTime) {
      throw usage(until, "it is no time", "Say --until 2026-12-27T08:00 or --until 90m.");
    } catch (DateTimeException noZone) {
      throw usage(zone, "it is no time zone", "Say --zone Europe/Berlin.");
    }
  }

  private static TroubleException usage(String on, String answer, String next) {
    return new TroubleException(Trouble.usage("Understanding --until", on, answer, next));
  }
}
