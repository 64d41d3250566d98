package dev.signalbox.sandbox.railway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

  private final Map<String, List<Line>> lines = new ConcurrentHashMap<>();
  private final Map<String, List<Event>> events = new ConcurrentHashMap<>();
  private final List<Consumer<Line>> readers = new CopyOnWriteArrayList<>();
  private final List<Consumer<Event>> watchers = new CopyOnWriteArrayList<>();

  void add(Line line) {
    List<Line> log = lines.computeIfAbsent(line.deploymentId(), none -> new ArrayList<>());
    synchronized (log) {
      log.add(line);
      if (log.size() > KEPT) {
        log.remove(0);
      }
      readers.forEach(reader -> reader.accept(line));
    }
  }

  /** Oldest first. */
  List<Line> lines(String deploymentId, Kind kind) {
    List<Line> log = lines.getOrDefault(deploymentId, List.of());
    synchronized (log) {
      return log.stream().filter(line -> line.kind() == kind).toList();
    }
  }

  /** A step begins; the one before it, if it still lasts, has ended well. */
  void step(String deploymentId, String step, Instant now) {
    end(deploymentId, now, null);
    keep(new Event(UUID.randomUUID().toString(), deploymentId, step, now, null, null));
  }

  /** The step that lasts, if any, ends; with an error or, without one, well. */
  void end(String deploymentId, Instant now, String error) {
    List<Event> steps = events(deploymentId);
    Optional<Event> open = steps.stream().filter(e -> e.completedAt() == null).findFirst();
    open.ifPresent(
        e -> keep(new Event(e.id(), e.deploymentId(), e.step(), e.createdAt(), now, error)));
  }

  private void keep(Event event) {
    List<Event> steps = events.computeIfAbsent(event.deploymentId(), none -> new ArrayList<>());
    synchronized (steps) {
      steps.removeIf(known -> known.id().equals(event.id()));
      steps.add(event);
      watchers.forEach(watcher -> watcher.accept(event));
    }
  }

  List<Event> events(String deploymentId) {
    List<Event> steps = events.getOrDefault(deploymentId, List.of());
    synchronized (steps) {
      return List.copyOf(steps);
    }
  }

  /** Is told of each new line; must not block. */
  void read(Consumer<Line> reader) {
    readers.add(reader);
  }

  void stopReading(Consumer<Line> reader) {
    readers.remove(reader);
  }

  /** Is told of each step that begins or ends; must not block. */
  void watch(Consumer<Event> watcher) {
    watchers.add(watcher);
  }

  void unwatch(Consumer<Event> watcher) {
    watchers.remove(watcher);
  }
}
