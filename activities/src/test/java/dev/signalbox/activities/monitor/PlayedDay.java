package dev.signalbox.activities.monitor;

import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.monitor.Check;
import dev.signalbox.workflows.monitor.Check.Kind;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.Rules;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.monitor.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A watch over services that are played, by a clock that runs as fast as they are. */
final class PlayedDay {
  static final Instant BEGIN = Instant.parse("2026-11-02T10:00:00Z");
  private static final Duration TRIP = Duration.ofMillis(20);

  final List<Standing> changes = new ArrayList<>();
  final List<Instant> looks = new ArrayList<>();
  private final Watching watching;
  private final Network network;
  private Instant now = BEGIN;

  /** What the world answers. */
  interface Network {
    State answers(Check check, Instant at);
  }

  PlayedDay(Watching watching, Network network) {
    this.watching = watching;
    this.network = network;
  }

  static Check service(String name, Duration every) {
    return check(name, Kind.HEALTH, every);
  }

  static Check control(Duration every) {
    return check("control", Kind.CONTROL, every);
  }

  private static Check check(String name, Kind kind, Duration every) {
    Target target = new Target(name, "http://x.test", "/", null, Map.of(), null, null, 0, null);
    return new Check(name, name, kind, target, every, null, List.of());
  }

  static List<Check> services(int count, Duration every) {
    return IntStream.range(0, count).mapToObj(n -> service("s" + n, every)).toList();
  }

  static Watching lasting(List<Check> checks) {
    return Watching.lasting(checks, List.of(), Rules.DEFAULTS, BEGIN);
  }

  PlayedDay play(Duration length) {
    Instant end = BEGIN.plus(length);
    while (now.isBefore(end) && !watching.over()) {
      for (Entry entry : watching.due(now, Integer.MAX_VALUE)) {
        looks.add(now);
        Look look = new Look(network.answers(entry.check, now), "2xx", "what came", now, TRIP);
        if (watching.saw(entry, look, now.plus(TRIP))) {
          changes.add(entry.standing);
        }
      }
      Optional<Instant> next = watching.next();
      now = next.isPresent() && next.get().isAfter(now) ? next.get() : now.plusMillis(1);
    }
    return this;
  }

  List<State> states() {
    return changes.stream().map(Standing::state).toList();
  }
}
