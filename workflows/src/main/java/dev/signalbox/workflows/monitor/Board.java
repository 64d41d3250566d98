package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.monitor.MonitorActivities.Round;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How every check stands, as far as one run of the monitor has heard. */
final class Board {
  private final Map<String, Standing> standings = new LinkedHashMap<>();
  private boolean network;
  private int watch;
  private long sequence;

  Board(MonitorState former) {
    former.standings().forEach(standing -> standings.put(standing.check(), standing));
    network = former.network();
  }

  /** Takes a whole round; what is not checked any more is forgotten with it. */
  void take(Round round) {
    standings.clear();
    round.standings().forEach(standing -> standings.put(standing.check(), standing));
    network = round.network();
  }

  /** The number of the next watch: news of an earlier one is old from here on. */
  int nextWatch() {
    sequence = 0;
    return ++watch;
  }

  /** Takes what a watch tells; false = it is old news, and changes nothing. */
  boolean take(Change change) {
    if (change.watch() != watch || change.sequence() <= sequence) {
      return false;
    }
    sequence = change.sequence();
    change.standings().forEach(standing -> standings.replace(standing.check(), standing));
    return true;
  }

  List<Standing> standings() {
    return List.copyOf(standings.values());
  }

  /** Whether a service is down. */
  boolean outage() {
    return standings.values().stream()
        .anyMatch(one -> one.service() != null && one.state() == State.DOWN);
  }

  boolean network() {
    return network;
  }
}
