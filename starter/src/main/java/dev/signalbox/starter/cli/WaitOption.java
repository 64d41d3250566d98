package dev.signalbox.starter.cli;

import dev.signalbox.workers.policy.Durations;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --wait[=DURATION]}: stay until it is over, or for so long. */
final class WaitOption {
  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      arity = "0..1",
      fallbackValue = "3650d",
      converter = Longest.class,
      description = "Stay until it is over, or for DURATION (90s, 15m, 2h).")
  Duration longest;

  Optional<Duration> longest() {
    return Optional.ofNullable(longest);
  }

  /** What follows {@code --wait} after a space is taken for the duration. */
  static final class Longest implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.parse(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + text
                          + "' is not "
                          + Durations.ALLOWED
                          + "; write --wait=DURATION, or put the environment first"));
    }
  }

  /** Reads durations as {@code signalbox.toml} has them. */
  static final class Converter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.parse(text)
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is not " + Durations.ALLOWED));
    }
  }
}
