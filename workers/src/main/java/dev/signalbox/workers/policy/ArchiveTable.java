package dev.signalbox.workers.policy;

import dev.signalbox.activities.archive.ArchiveSettings;
import java.util.Map;
import java.util.Optional;

/** What {@code [archive]} says. */
final class ArchiveTable {
  private ArchiveTable() {}

  static Optional<ArchiveSettings> read(Section section) {
    Object written = section.value("store");
    Optional<ArchiveSettings> archive = Optional.empty();
    if (written instanceof String text && text.contains("@")) {
      // Not quoted: what stands before it must not be found in a log.
      section.refused("store", "an address with credentials in it", ArchiveSettings.ALLOWED);
    } else {
      archive =
          Optional.of(section.required("store", ArchiveSettings::fits, ArchiveSettings.ALLOWED))
              .filter(store -> !store.isEmpty())
              .map(ArchiveSettings::new);
    }
    section.close(Map.of());
    return archive;
  }
}
