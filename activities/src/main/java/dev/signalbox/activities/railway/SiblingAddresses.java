package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.railway.RailwayEnvironment.Domain;
import dev.signalbox.activities.railway.RailwayVariables.EnvironmentMarks;
import dev.signalbox.activities.railway.RailwayVariables.EnvironmentMarks.Marked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Variables are copied as they are written: an address of the base's own service that stands in one
 * literally, and not by a reference, would lead a copy's frontend to the base's backend. It is
 * replaced by the address of the same service in the copy. Values are looked at in here and go
 * nowhere but there.
 */
final class SiblingAddresses {
  private final RailwayVariables variables;
  private final RailwayEnvironments environments;
  private final String project;

  SiblingAddresses(RailwayVariables variables, RailwayEnvironments environments, String project) {
    this.variables = variables;
    this.environments = environments;
    this.project = project;
  }

  /** Makes them lead to the copy. The same twice is the same; nothing is deployed for it. */
  void lead(String baseId, String copyId) {
    List<EnvironmentMarks> all = variables.marks(project);
    Map<Pattern, String> addresses = addresses(of(all, baseId), of(all, copyId));
    if (addresses.isEmpty()) {
      return;
    }
    change(copyId, null, addresses);
    of(all, copyId).forEach(service -> change(copyId, service.serviceId(), addresses));
    of(all, copyId).forEach(service -> prove(copyId, service.serviceId(), addresses));
  }

  /**
   * What is put together of parts shows only when it is resolved: as the service would get it. Read
   * back, because nobody else looks whether a frontend speaks to the right backend.
   */
  private void prove(String copyId, String serviceId, Map<Pattern, String> addresses) {
    Map<String, String> wrong = elsewhere(copyId, serviceId, addresses);
    if (wrong.isEmpty()) {
      return;
    }
    environments.set(project, copyId, serviceId, wrong);
    Set<String> still = elsewhere(copyId, serviceId, addresses).keySet();
    if (!still.isEmpty()) {
      throw ApiException.unavailable(
          "Railway took "
              + String.join(", ", new TreeSet<>(still))
              + " of the copy, and still shows the address of the base's own service there");
    }
  }

  private Map<String, String> elsewhere(
      String copyId, String serviceId, Map<Pattern, String> addresses) {
    return led(variables.values(project, copyId, serviceId), addresses);
  }

  private static List<Marked> of(List<EnvironmentMarks> all, String id) {
    return all.stream()
        .filter(one -> one.id().equals(id))
        .flatMap(one -> one.serviceInstances().nodes().stream())
        .toList();
  }

  private static Map<Pattern, String> addresses(List<Marked> base, List<Marked> copy) {
    Map<Pattern, String> addresses = new HashMap<>();
    for (Marked service : base) {
      copy.stream()
          .filter(one -> one.serviceId().equals(service.serviceId()))
          .flatMap(SiblingAddresses::given)
          .findFirst()
          .ifPresent(
              own ->
                  all(service)
                      .forEach(address -> addresses.put(VariablesReading.asWhole(address), own)));
    }
    return addresses;
  }

  /** Those that Railway gave it: a copy has no others. */
  private static Stream<String> given(Marked service) {
    return service.domains() == null
        ? Stream.empty()
        : service.domains().serviceDomains().stream().map(Domain::domain);
  }

  private static Stream<String> all(Marked service) {
    return service.domains() == null
        ? Stream.empty()
        : Stream.concat(
                service.domains().serviceDomains().stream(),
                service.domains().customDomains().stream())
            .map(Domain::domain);
  }

  /**
   * @param serviceId null = what all services share
   */
  private void change(String copyId, String serviceId, Map<Pattern, String> addresses) {
    Map<String, String> changed = led(variables.written(project, copyId, serviceId), addresses);
    if (!changed.isEmpty()) {
      environments.set(project, copyId, serviceId, changed);
    }
  }

  /** Those that name the base's services, as they shall be. */
  private static Map<String, String> led(
      Map<String, String> values, Map<Pattern, String> addresses) {
    Map<String, String> changed = new HashMap<>();
    values.forEach(
        (name, value) -> {
          String led = led(value, addresses);
          if (!name.startsWith("RAILWAY_") && !led.equals(value)) {
            changed.put(name, led);
          }
        });
    return changed;
  }

  private static String led(String value, Map<Pattern, String> addresses) {
    String led = value;
    for (Map.Entry<Pattern, String> address : addresses.entrySet()) {
      led = address.getKey().matcher(led).replaceAll(Matcher.quoteReplacement(address.getValue()));
    }
    return led;
  }
}
