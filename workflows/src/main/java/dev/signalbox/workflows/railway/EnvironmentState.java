package dev.signalbox.workflows.railway;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands in one environment.
 *
 * @param incident why Railway itself is not well, or does not say whether it is; null = it says
 *     that it is
 * @param variables null when they were not asked for
 * @param others what else the environment has, each as {@code name (id)}
 */
public record EnvironmentState(
    String environmentId,
    List<ServiceState> services,
    String fingerprint,
    String incident,
    VariablesState variables,
    List<String> others) {
  /** How {@code incident} begins when nobody knows whether there is one. */
  public static final String SILENT = "Railway does not say";

  public EnvironmentState {
    services = services == null ? List.of() : List.copyOf(services);
    others = others == null ? List.of() : List.copyOf(others);
  }

  /** Of which nothing else was read. */
  public EnvironmentState(
      String environmentId, List<ServiceState> services, String fingerprint, String incident) {
    this(environmentId, services, fingerprint, incident, null, null);
  }

  /** What Railway says of trouble of its own; null = it says nothing of any. */
  public String platformTrouble() {
    return incident == null || incident.startsWith(SILENT) ? null : incident;
  }

  /** Why a service is not there, in words. */
  public String missing(String railwayName) {
    return "Railway has no service named "
        + railwayName
        + " in this environment ("
        + environmentId
        + "): deleted, or renamed? It has "
        + Stream.concat(
                services.stream().map(one -> one.railway() + " (" + one.serviceId() + ")"),
                others.stream())
            .collect(Collectors.joining(", "));
  }

  /**
   * The services of these that are not there, each with its sentence.
   *
   * @param railwayNames as Railway names them
   */
  public List<String> missing(Collection<String> railwayNames) {
    return railwayNames.stream()
        .filter(name -> service(name).isEmpty())
        .map(this::missing)
        .toList();
  }

  public Optional<ServiceState> service(String railwayName) {
    return services.stream().filter(state -> state.railway().equals(railwayName)).findFirst();
  }
}
