package dev.signalbox.workers.policy;

import dev.signalbox.workers.config.Addresses;
import dev.signalbox.workflows.policy.ServicePolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code [services.<name>]} says, before an environment's overrides.
 *
 * @param section where it was read, for mistakes that show only later
 */
record ServiceTable(ServicePolicy policy, Section section) {

  static ServiceTable read(String name, Section section) {
    ServicePolicy policy =
        new ServicePolicy(
            name,
            section.text("railway").orElse(name),
            health(section),
            section
                .text(
                    "version",
                    pointer -> pointer.startsWith("/"),
                    "a JSON pointer such as \"/version\"")
                .orElse(null),
            url(section),
            section.texts("after", service -> !service.isBlank(), "names of services"),
            section.conditions("expect"),
            section.duration("timeout", Duration.ofMillis(1)).orElse(null));
    section.close(LaterKeys.SERVICE);
    if (policy.version() != null && policy.health() == null) {
      section.refused(
          "version", "a version without a health path", "\"health\" beside \"version\"");
    }
    return new ServiceTable(policy, section);
  }

  /** What {@code [environments.<environment>.services.<name>]} changes. */
  record Deviation(String health, String url, Map<String, String> expect) {

    static Deviation read(Section section) {
      Deviation deviation =
          new Deviation(
              ServiceTable.health(section),
              ServiceTable.url(section),
              section.conditions("expect"));
      section.close(LaterKeys.SERVICE_OVERRIDE);
      return deviation;
    }

    ServicePolicy over(ServicePolicy service) {
      Map<String, String> conditions = new HashMap<>(service.expect());
      conditions.putAll(expect);
      return new ServicePolicy(
          service.name(),
          service.railway(),
          health == null ? service.health() : health,
          service.version(),
          url == null ? service.url() : url,
          service.after(),
          conditions,
          service.timeout());
    }
  }

  private static String health(Section section) {
    return section
        .text("health", path -> path.startsWith("/"), "a path from the root, such as \"/health\"")
        .orElse(null);
  }

  private static String url(Section section) {
    return section
        .text("url", Addresses::web, "an address such as \"https://app.example.com\"")
        .orElse(null);
  }

  List<String> after() {
    return policy.after();
  }
}
