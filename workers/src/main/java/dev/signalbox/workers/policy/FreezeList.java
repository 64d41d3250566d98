package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.Freeze;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Times in which something rests: what {@code freeze} says, and what is written like it. */
final class FreezeList {
  private static final String ALLOWED =
      "{ from = \"Fri 16:00\", to = \"Mon 08:00\", zone = \"Europe/Berlin\", reason = \"weekend\""
          + " }";

  private FreezeList() {}

  static List<Freeze> read(Section section) {
    return read(section, "freeze");
  }

  /**
   * @param key of a list of times that are written like freezes
   */
  static List<Freeze> read(Section section, String key) {
    return section.entries(
        key,
        ALLOWED,
        (text, refuse) -> {
          refuse.run();
          return Optional.empty();
        },
        FreezeList::one);
  }

  private static Optional<Freeze> one(Section table) {
    boolean whole = table.has("from") && table.has("to") && table.has("zone");
    Freeze freeze =
        new Freeze(
            table.required("from", any -> true, "\"Fri 16:00\" or \"2026-12-24T00:00\""),
            table.required("to", any -> true, "\"Mon 08:00\" or \"2026-12-27T08:00\""),
            table.required("zone", any -> true, "the name of a time zone: \"Europe/Berlin\""),
            table.text("reason").orElse(null));
    table.close(Map.of());
    return whole && !table.refused(freeze.mistake()) ? Optional.of(freeze) : Optional.empty();
  }
}
