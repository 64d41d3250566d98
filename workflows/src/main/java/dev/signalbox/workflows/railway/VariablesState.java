package dev.signalbox.workflows.railway;

import java.util.List;

/**
 * The variables of an environment, by name. Values stay where they were read.
 *
 * @param unread what could not be read of other environments, so that nobody knows whether a
 *     variable leads there; each a sentence
 */
public record VariablesState(List<ServiceVariables> services, List<String> unread) {
  public VariablesState {
    services = services == null ? List.of() : List.copyOf(services);
    unread = unread == null ? List.of() : List.copyOf(unread);
  }

  public VariablesState(List<ServiceVariables> services) {
    this(services, null);
  }

  /**
   * @param railway Railway's name of the service
   * @param names of all variables that its deployments get, sealed ones too
   * @param empty those without a value, or with a reference to nothing
   * @param elsewhere those whose value names a part of another environment
   */
  public record ServiceVariables(
      String railway, List<String> names, List<String> empty, List<Elsewhere> elsewhere) {
    public ServiceVariables {
      names = names == null ? List.of() : List.copyOf(names);
      empty = empty == null ? List.of() : List.copyOf(empty);
      elsewhere = elsewhere == null ? List.of() : List.copyOf(elsewhere);
    }
  }

  /**
   * @param environment the other environment that the value leads to
   */
  public record Elsewhere(String name, String environment) {}
}
