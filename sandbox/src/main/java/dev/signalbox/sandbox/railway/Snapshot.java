package dev.signalbox.sandbox.railway;

import java.util.Map;
import java.util.TreeMap;

/**
 * A service's own variables as a deployment took them.
 *
 * @param set as they stood in the service, references unresolved
 * @param rendered as the process got them
 */
record Snapshot(Map<String, Variable> set, Map<String, String> rendered) {
  static final Snapshot NONE = new Snapshot(Map.of(), Map.of());

  /** What may be read back: everything but the sealed ones. */
  Map<String, String> readable() {
    Map<String, String> readable = new TreeMap<>(rendered);
    readable.keySet().removeIf(name -> set.containsKey(name) && set.get(name).sealed());
    return readable;
  }
}
