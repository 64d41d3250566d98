package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.RequiredCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code checks} says: plain names, and patterns with the count that must be there. */
final class RequiredCheckList {
  private static final String ALLOWED =
      "names of checks, and for a name with * the count that must be there:"
          + " { name = \"Run Tests (shard *)\", count = 4 }";

  private RequiredCheckList() {}

  static List<RequiredCheck> read(Section section) {
    return section.entries(
        "checks",
        ALLOWED,
        (name, refuse) -> {
          if (name.isBlank() || name.contains("*")) {
            refuse.run();
            return Optional.empty();
          }
          return Optional.of(RequiredCheck.named(name));
        },
        RequiredCheckList::counted);
  }

  private static Optional<RequiredCheck> counted(Section table) {
    String name = table.required("name", one -> !one.isBlank(), "the name of a check");
    boolean pattern = name.contains("*");
    if (pattern && !table.has("count")) {
      table.add("count", "is missing", "allowed: how many checks must match " + name);
    }
    int count = table.number("count", 1).orElse(1);
    if (!pattern && count > 1) {
      table.refused("count", String.valueOf(count), "1, for a name without *: names are unique");
    }
    table.close(Map.of());
    return name.isEmpty() ? Optional.empty() : Optional.of(new RequiredCheck(name, count));
  }
}
