package dev.signalbox.sandbox.railway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * All that changes at Railway, as one value: an earlier one is what a stale read sees.
 *
 * @param deployments oldest first
 * @param manual ids of the service instances whose deploys on push are off
 * @param staged changes of an environment (by id) that are not committed
 */
public record State(
    ProjectOptions project,
    List<Environment> environments,
    List<Instance> instances,
    List<Deployment> deployments,
    List<Trigger> triggers,
    Set<String> manual,
    Map<Scope, Map<String, Variable>> variables,
    List<VolumeInstance> volumes,
    List<Domain> domains,
    Map<String, Staged> staged) {

  static State empty(String project) {
    return new State(
        ProjectOptions.named(project),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Set.of(),
        Map.of(),
        List.of(),
        List.of(),
        Map.of());
  }

  /** The same after {@code change}; this one stays as it is. */
  State edited(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /** The next state while it is written: copies that may be changed. */
  static final class Draft {
    ProjectOptions project;
    final List<Environment> environments;
    final List<Instance> instances;
    final List<Deployment> deployments;
    final List<Trigger> triggers;
    final Set<String> manual;
    final Map<Scope, Map<String, Variable>> variables;
    final List<VolumeInstance> volumes;
    final List<Domain> domains;
    final Map<String, Staged> staged;

    private Draft(State from) {
      project = from.project;
      environments = new ArrayList<>(from.environments);
      instances = new ArrayList<>(from.instances);
      deployments = new ArrayList<>(from.deployments);
      triggers = new ArrayList<>(from.triggers);
      manual = new TreeSet<>(from.manual);
      variables = new HashMap<>(from.variables);
      volumes = new ArrayList<>(from.volumes);
      domains = new ArrayList<>(from.domains);
      staged = new HashMap<>(from.staged);
    }

    void put(Deployment deployment) {
      for (int i = 0; i < deployments.size(); i++) {
        if (deployments.get(i).id().equals(deployment.id())) {
          deployments.set(i, deployment);
          return;
        }
      }
      deployments.add(deployment);
    }

    private State finished() {
      return new State(
          project,
          List.copyOf(environments),
          List.copyOf(instances),
          List.copyOf(deployments),
          List.copyOf(triggers),
          Set.copyOf(manual),
          Map.copyOf(variables),
          List.copyOf(volumes),
          List.copyOf(domains),
          Map.copyOf(staged));
    }
  }

  /** Whether anything here has this id: an environment, and whatever lives in one. */
  boolean holds(String id) {
    return environment(id).isPresent()
        || deployment(id).isPresent()
        || instances.stream().anyMatch(i -> i.id().equals(id))
        || triggers.stream().anyMatch(t -> t.id().equals(id))
        || volumes.stream().anyMatch(v -> v.id().equals(id) || v.volumeId().equals(id))
        || domains.stream().anyMatch(d -> d.id().equals(id));
  }

  Optional<Environment> environment(String id) {
    return environments.stream().filter(e -> e.id().equals(id)).findFirst();
  }

  Optional<Environment> environmentNamed(String name) {
    return environments.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  Optional<Instance> instance(String environmentName, String serviceName) {
    return instances.stream().filter(i -> i.is(environmentName, serviceName)).findFirst();
  }

  Optional<Instance> instance(Deployment deployment) {
    return instance(deployment.environment(), deployment.service());
  }

  List<Instance> instancesIn(Environment environment) {
    return instances.stream().filter(i -> i.in(environment.id())).toList();
  }

  List<Trigger> triggersOf(Instance instance) {
    return triggers.stream().filter(t -> instance.is(t.environment(), t.service())).toList();
  }

  boolean autoDeploys(Instance instance) {
    return !manual.contains(instance.id()) && !triggersOf(instance).isEmpty();
  }

  Map<String, Variable> variablesIn(Scope scope) {
    return variables.getOrDefault(scope, Map.of());
  }

  Optional<Deployment> deployment(String id) {
    return deployments.stream().filter(d -> d.id().equals(id)).findFirst();
  }

  /** Newest first, as Railway lists them. */
  List<Deployment> deployments(String environment, String service) {
    List<Deployment> found = new ArrayList<>();
    for (Deployment deployment : deployments) {
      if (deployment.of(environment, service)) {
        found.add(0, deployment);
      }
    }
    return found;
  }

  Optional<Deployment> latest(String environment, String service) {
    return deployments(environment, service).stream().findFirst();
  }

  Optional<Deployment> active(String environment, String service) {
    return deployments(environment, service).stream()
        .filter(d -> d.status() == Status.SUCCESS)
        .findFirst();
  }
}
