package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.monitor.MonitorActivities.Round;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How every check stands, as far as one run of the monitor has heard. */
final class Board {
  private final String run;
  private final Map<String, Standing> standings = new LinkedHashMap<>();
  private final Map<String, Stamp> stamps = new LinkedHashMap<>();
  private long heard;
  private boolean network;
  private int watch;
  private long sequence;

  /**
   * @param run whose board it is
   */
  Board(MonitorState former, String run) {
    this.run = run;
    former.standings().forEach(standing -> standings.put(standing.check(), standing));
    network = former.network();
  }

  /** Takes a whole round; what is not checked any more is forgotten with it. */
  void take(Round round, Instant now) {
    standings.clear();
    stamps.clear();
    Stamp stamp = stamp(now);
    round.standings().forEach(standing -> put(standing, stamp));
    network = round.network();
  }

  /** The number of the next watch: news of an earlier one is old from here on. */
  int nextWatch() {
    sequence = 0;
    return ++watch;
  }

  /** Takes what a watch tells; false = it is old news, and changes nothing. */
  boolean take(Change change, Instant now) {
    if (change.watch() != watch || change.sequence() <= sequence) {
      return false;
    }
    sequence = change.sequence();
    Stamp stamp = stamp(now);
    change.standings().stream()
        .filter(standing -> standings.containsKey(standing.check()))
        .forEach(standing -> put(standing, stamp));
    return true;
  }

  private Stamp stamp(Instant now) {
    return new Stamp(now, run, ++heard);
  }

  private void put(Standing standing, Stamp stamp) {
    standings.put(standing.check(), standing);
    stamps.put(standing.check(), stamp);
  }

  /** When each was heard. */
  Map<String, Stamp> stamps() {
    return Map.copyOf(stamps);
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
