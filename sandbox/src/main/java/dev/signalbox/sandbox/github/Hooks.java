package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.SandboxClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The repository's webhooks, and what was sent to each. */
final class Hooks implements AutoCloseable {

  private static final int REMEMBERED = 1000;

  /** A hook with what belongs to it. */
  private static final class Line {
    private final HookSender sender;
    private final List<Delivery> deliveries = new ArrayList<>();
    private Hook hook;

    Line(Hook hook, HookSender sender) {
      this.hook = hook;
      this.sender = sender;
    }
  }

  private final SandboxClock clock;
  private final Faults faults;
  private final Shapes shapes;
  private final AtomicLong ids = new AtomicLong(500_000);
  private final Map<Long, Line> lines = new LinkedHashMap<>();
  private volatile Place place = Place.at("https://api.github.com");

  Hooks(SandboxClock clock, Faults faults, Shapes shapes) {
    this.clock = clock;
    this.faults = faults;
    this.shapes = shapes;
  }

  /** Where the API is served: addresses in payloads begin there. */
  void servedAt(String base) {
    this.place = Place.at(base);
  }

  synchronized Hook add(
      String url, boolean form, String secret, List<String> events, boolean active) {
    Hook hook =
        new Hook(
            ids.incrementAndGet(), url, form, secret, events, active, clock.now(), clock.now());
    Line line = new Line(hook, new HookSender(clock, faults, ended -> note(hook.id(), ended)));
    lines.put(hook.id(), line);
    return hook;
  }

  synchronized void replace(Hook hook) {
    lines.get(hook.id()).hook = hook;
  }

  synchronized void remove(long id) {
    Line line = lines.remove(id);
    if (line != null) {
      line.sender.close();
    }
  }

  synchronized List<Hook> all() {
    return lines.values().stream().map(line -> line.hook).toList();
  }

  synchronized Optional<Hook> find(long id) {
    return Optional.ofNullable(lines.get(id)).map(line -> line.hook);
  }

  /** Newest first. */
  synchronized List<Delivery> deliveries(long id) {
    List<Delivery> found = new ArrayList<>(lines.get(id).deliveries);
    Collections.reverse(found);
    return found;
  }

  /** Sends an event to all hooks that hear it; the payload is made now, while it is true. */
  void announce(
      String event, String action, String login, Function<Place, Map<String, Object>> about) {
    List<Line> listeners = hearing(event);
    if (listeners.isEmpty()) {
      return;
    }
    // Outside the lock: what it shows may need the repository's.
    String payload = payload(action, login, about.apply(place));
    String guid = UUID.randomUUID().toString();
    listeners.forEach(line -> send(line, guid, event, action, payload));
  }

  private synchronized List<Line> hearing(String event) {
    return lines.values().stream().filter(line -> line.hook.hears(event)).toList();
  }

  /** What GitHub sends first to a new hook. */
  synchronized void ping(Hook hook, Map<String, Object> shape) {
    Map<String, Object> about =
        Json.object("zen", "Keep it logically awesome.", "hook_id", hook.id(), "hook", shape);
    String payload = payload(null, FakeGitHub.LOGIN, about);
    send(lines.get(hook.id()), UUID.randomUUID().toString(), "ping", null, payload);
  }

  private String payload(String action, String login, Map<String, Object> about) {
    Map<String, Object> whole = new LinkedHashMap<>();
    if (action != null) {
      whole.put("action", action);
    }
    whole.putAll(about);
    whole.put("repository", shapes.repository(place));
    whole.put("sender", shapes.user(place, login));
    return Json.text(whole);
  }

  private void send(Line line, String guid, String event, String action, String payload) {
    Delivery delivery =
        Delivery.of(ids.incrementAndGet(), guid, event, action, line.hook.url(), payload);
    line.sender.send(line.hook, delivery);
  }

  /** Sends a delivery once more; it keeps its GUID. */
  synchronized void redeliver(Hook hook, Delivery delivery) {
    lines.get(hook.id()).sender.send(hook, delivery.again(ids.incrementAndGet()));
  }

  private synchronized void note(long hook, Delivery delivery) {
    Line line = lines.get(hook);
    if (line != null) {
      line.deliveries.add(delivery);
      if (line.deliveries.size() > REMEMBERED) {
        line.deliveries.remove(0);
      }
    }
  }

  @Override
  public synchronized void close() {
    lines.values().forEach(line -> line.sender.close());
  }
}
