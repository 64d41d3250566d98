package dev.signalbox.sandbox.railway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that changes at Railway, as one value: an earlier one is what a stale read sees.
 *
 * @param deployments oldest first
 * @param manual service instances ({@code environment/service}) whose deploys on push are off
 */
public record State(List<Deployment> deployments, List<Trigger> triggers, Set<String> manual) {
  static final State EMPTY = new State(List.of(), List.of(), Set.of());

  State with(Deployment deployment) {
    List<Deployment> next = new ArrayList<>(deployments);
    for (int i = 0; i < next.size(); i++) {
      if (next.get(i).id().equals(deployment.id())) {
        next.set(i, deployment);
        return new State(List.copyOf(next), triggers, manual);
      }
    }
    next.add(deployment);
    return new State(List.copyOf(next), triggers, manual);
  }

  State with(Trigger trigger) {
    List<Trigger> next = new ArrayList<>(triggers);
    next.add(trigger);
    return new State(deployments, List.copyOf(next), manual);
  }

  State withoutTrigger(String id) {
    return new State(
        deployments, triggers.stream().filter(t -> !t.id().equals(id)).toList(), manual);
  }

  State withAutoDeploy(String environment, String service, boolean enabled) {
    Set<String> next = new TreeSet<>(manual);
    if (enabled) {
      next.remove(environment + "/" + service);
    } else {
      next.add(environment + "/" + service);
    }
    return new State(deployments, triggers, Set.copyOf(next));
  }

  boolean autoDeploys(String environment, String service) {
    return !manual.contains(environment + "/" + service)
        && triggers.stream()
            .anyMatch(t -> t.environment().equals(environment) && t.service().equals(service));
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
