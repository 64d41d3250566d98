package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MonitorPolicy.DatabaseCheck;
import dev.signalbox.workflows.policy.MonitorPolicy.DatabaseLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code [monitor.<environment>.database]} says. */
final class MonitorDatabaseTable {
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");
  private static final String PERCENT = "a part of the whole such as \"80%\"";
  private static final String SIZE = "a size such as \"500MB\" or \"20GB\"";

  private MonitorDatabaseTable() {}

  static DatabaseCheck read(Section section) {
    DatabaseCheck check =
        new DatabaseCheck(
            section.required("service", name -> !name.isBlank(), "a name under [services]"),
            section
                .text(
                    "url",
                    name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"),
                    "the name of the variable that holds the database address")
                .orElse(MigrationPolicy.USUAL_VARIABLE),
            section.duration("every", SHORTEST).orElse(Duration.ofMinutes(1)),
            new DatabaseLimits(
                section
                    .text("connections", text -> text.matches("[1-9][0-9]?%|100%"), PERCENT)
                    .map(text -> Integer.parseInt(text.substring(0, text.length() - 1)))
                    .orElse(80),
                section.duration("longest", Duration.ofMillis(1)).orElse(Duration.ofMinutes(10)),
                section
                    .text("size", text -> bytes(text).isPresent(), SIZE)
                    .flatMap(MonitorDatabaseTable::bytes)
                    .orElse(0L)));
    section.close(Map.of());
    return check;
  }

  /** As PostgreSQL counts: a kB has 1024 bytes. */
  static Optional<Long> bytes(String text) {
    if (!text.matches("[1-9][0-9]{0,8} ?(kB|MB|GB|TB)")) {
      return Optional.empty();
    }
    int unit = text.length() - 2;
    int power = UNITS.indexOf(text.substring(unit)) + 1;
    return Optional.of(Long.parseLong(text.substring(0, unit).strip()) << (10 * power));
  }
}
