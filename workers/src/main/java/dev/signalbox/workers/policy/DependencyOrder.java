package dev.signalbox.workers.policy;

import dev.signalbox.workflows.policy.ServicePolicy;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services in the order in which they are deployed: each after those that it waits for. */
final class DependencyOrder {
  private DependencyOrder() {}

  /** Among those that may go at the same time, the file's order decides. */
  static List<ServicePolicy> of(Map<String, ServiceTable> services) {
    Map<String, ServicePolicy> sorted = new LinkedHashMap<>();
    services.keySet().forEach(name -> place(name, services, sorted, new LinkedHashSet<>()));
    return List.copyOf(sorted.values());
  }

  private static void place(
      String name,
      Map<String, ServiceTable> services,
      Map<String, ServicePolicy> sorted,
      Set<String> above) {
    ServiceTable service = services.get(name);
    if (service == null || sorted.containsKey(name) || !above.add(name)) {
      return;
    }
    service.after().forEach(earlier -> place(earlier, services, sorted, above));
    sorted.put(name, service.policy());
  }
}
