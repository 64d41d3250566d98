package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the search knows, which is what was so some time ago. */
final class SearchIndex {

  /** An issue as it was at a moment. */
  record Entry(
      Instant at,
      Issue issue,
      String title,
      String body,
      boolean open,
      boolean merged,
      Set<String> labels,
      int comments) {}

  private final SandboxClock clock;
  private final Map<Long, List<Entry>> entries = new LinkedHashMap<>();
  private Duration lag = Duration.ofSeconds(1);

  SearchIndex(SandboxClock clock) {
    this.clock = clock;
  }

  void lag(Duration howLong) {
    this.lag = howLong;
  }

  /** Called with every change. */
  void note(Issue issue) {
    entries
        .computeIfAbsent(issue.number, number -> new ArrayList<>())
        .add(
            new Entry(
                clock.now(),
                issue,
                issue.title,
                issue.body,
                issue.open,
                issue.pull().map(Pull::merged).orElse(false),
                Set.copyOf(issue.labels),
                issue.comments));
  }

  /** The newest known of each issue, by number. */
  List<Entry> known() {
    Instant until = clock.now().minus(lag);
    List<Entry> known = new ArrayList<>();
    for (List<Entry> history : entries.values()) {
      history.stream()
          .filter(entry -> !entry.at().isAfter(until))
          .reduce((before, after) -> after)
          .ifPresent(known::add);
    }
    return known;
  }
}
