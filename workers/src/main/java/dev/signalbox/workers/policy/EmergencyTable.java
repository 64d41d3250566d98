package dev.signalbox.workers.policy;

import dev.signalbox.workers.config.Problem;
import dev.signalbox.workflows.policy.Emergency;
import dev.signalbox.workflows.policy.Person;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What {@code emergency} of an environment says. */
final class EmergencyTable {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final String GROUPS = "names of groups of [people]";

  private EmergencyTable() {}

  static Emergency read(Section section) {
    for (String key : List.of("skip", "from")) {
      if (!section.has(key)) {
        section.add(key, Problem.MISSING, "allowed: " + (key.equals("skip") ? gates() : GROUPS));
      }
    }
    Emergency emergency =
        new Emergency(
            section.names("skip", Emergency.SKIPPABLE::contains, gates()),
            section.names("from", group -> !group.isBlank(), GROUPS),
            section
                .duration("within", SHORTEST)
                .filter(
                    within ->
                        within.compareTo(LONGEST) <= 0
                            || section.refused("within", "more than a day", "\"24h\" at the most"))
                .orElse(null));
    section.close(Map.of());
    return emergency;
  }

  private static String gates() {
    return String.join(", ", new TreeSet<>(Emergency.SKIPPABLE));
  }

  static void check(Section section, Emergency emergency, List<Person> people) {
    Set<String> groups = new LinkedHashSet<>(people.stream().map(Person::group).toList());
    for (String group : emergency.from()) {
      CrossChecks.requireName(section, "emergency", group, groups, "group of [people]");
    }
  }
}
