package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.running.Proxy.Exchanged;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The requests that went through each service instance's address; what metrics are made of. */
final class Traffic {
  private static final int KEPT = 10_000;

  private final Map<String, Deque<Exchanged>> byInstance = new ConcurrentHashMap<>();

  void add(String instanceId, Exchanged exchange) {
    Deque<Exchanged> kept = byInstance.computeIfAbsent(instanceId, none -> new ArrayDeque<>());
    synchronized (kept) {
      kept.addLast(exchange);
      if (kept.size() > KEPT) {
        kept.removeFirst();
      }
    }
  }

  /** Oldest first. */
  List<Exchanged> of(String instanceId) {
    Deque<Exchanged> kept = byInstance.get(instanceId);
    if (kept == null) {
      return List.of();
    }
    synchronized (kept) {
      return List.copyOf(kept);
    }
  }
}
