package dev.signalbox.workflows.policy;

import java.util.List;
import java.util.Optional;

/**
 * The part of {@code signalbox.toml} that one environment's runs are judged by: the snapshot that a
 * promotion holds.
 *
 * @param source the environment that {@code environment} is promoted from; null when it has no
 *     {@code from}
 * @param services in dependency order: each after all those that its {@code after} names
 * @param people everybody of every group; a person of two groups stands here twice
 */
public record Pipeline(
    Project project,
    EnvironmentPolicy environment,
    EnvironmentPolicy source,
    List<ServicePolicy> services,
    List<Person> people) {

  public Pipeline {
    services = services == null ? List.of() : List.copyOf(services);
    people = people == null ? List.of() : List.copyOf(people);
  }

  /**
   * @param github {@code owner/name}
   * @param railway Railway's project id
   */
  public record Project(String name, String github, String railway) {}

  public Optional<EnvironmentPolicy> promotedFrom() {
    return Optional.ofNullable(source);
  }

  /** The branch whose head is promoted when nobody names a commit. */
  public String sourceBranch() {
    return source == null ? environment.branch() : source.branch();
  }

  public List<String> serviceNames() {
    return services.stream().map(ServicePolicy::name).toList();
  }

  public ServicePolicy service(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no service " + name + " in " + project.name()));
  }
}
