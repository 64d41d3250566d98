package dev.signalbox.sandbox.railway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What deployments said while they were built and ran, and the steps that they took. */
final class LogBook {
  private static final int KEPT = 5_000;

  /** The two logs of a deployment. */
  enum Kind {
    BUILD,
    DEPLOY
  }

  record Line(String deploymentId, Kind kind, Instant at, String message, String severity) {}

  /**
   * A step of a deployment, by Railway's name.
   *
   * @param completedAt null while it lasts
   * @param error null unless the deployment failed here
   */
  record Event(
      String id,
      String deploymentId,
      String step,
      Instant createdAt,
      Instant completedAt,
      String error) {}

  private final Map<String, List<Line>> lines = new HashMap<>();
  private final Map<String, List<Event>> events = new HashMap<>();
  private final List<Consumer<Line>> readers = new ArrayList<>();
  private final List<Consumer<Event>> watchers = new ArrayList<>();

  synchronized void add(Line line) {
    List<Line> log = lines.computeIfAbsent(line.deploymentId(), none -> new ArrayList<>());
    log.add(line);
    if (log.size() > KEPT) {
      log.remove(0);
    }
    readers.forEach(reader -> reader.accept(line));
  }

  /** Oldest first. */
  synchronized List<Line> lines(String deploymentId, Kind kind) {
    return lines.getOrDefault(deploymentId, List.of()).stream()
        .filter(line -> line.kind() == kind)
        .toList();
  }

  /** A step begins; the one before it, if it still lasts, has ended well. */
  synchronized void step(String deploymentId, String step, Instant now) {
    end(deploymentId, now, null);
    keep(new Event(World.newId(), deploymentId, step, now, null, null));
  }

  /** The step that lasts, if any, ends; with an error or, without one, well. */
  synchronized void end(String deploymentId, Instant now, String error) {
    for (Event e : events(deploymentId)) {
      if (e.completedAt() == null) {
        keep(new Event(e.id(), e.deploymentId(), e.step(), e.createdAt(), now, error));
      }
    }
  }

  private void keep(Event event) {
    List<Event> steps = events.computeIfAbsent(event.deploymentId(), none -> new ArrayList<>());
    steps.removeIf(known -> known.id().equals(event.id()));
    steps.add(event);
    watchers.forEach(watcher -> watcher.accept(event));
  }

  synchronized List<Event> events(String deploymentId) {
    return List.copyOf(events.getOrDefault(deploymentId, List.of()));
  }

  /**
   * Tells the reader all lines there are, oldest of each deployment first, and from now on each new
   * one, none twice and none left out. The reader must not block. Running the answer ends it.
   */
  synchronized Runnable follow(Consumer<Line> reader) {
    lines.values().forEach(log -> log.forEach(reader));
    readers.add(reader);
    return () -> stop(readers, reader);
  }

  /** As {@link #follow}, for the steps of deployments. */
  synchronized Runnable watch(Consumer<Event> watcher) {
    events.values().forEach(steps -> steps.forEach(watcher));
    watchers.add(watcher);
    return () -> stop(watchers, watcher);
  }

  private synchronized <T> void stop(List<Consumer<T>> told, Consumer<T> one) {
    told.remove(one);
  }
}
