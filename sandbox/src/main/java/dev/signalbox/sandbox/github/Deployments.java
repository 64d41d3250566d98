package dev.signalbox.sandbox.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deployments and what became of each. Source: "Inactive deployments". */
final class Deployments {

  record Deployment(
      long id,
      String sha,
      String ref,
      String task,
      Object payload,
      String environment,
      String description,
      String login,
      boolean ofAWhile,
      boolean ofProduction,
      Instant at) {}

  record Status(
      long id,
      long deployment,
      String state,
      String description,
      String environment,
      String environmentUrl,
      String logUrl,
      String login,
      Instant at) {}

  private final Hub hub;
  private final DeploymentShapes shapes;
  private final Map<Long, Deployment> deployments = new LinkedHashMap<>();
  private final List<Status> statuses = new ArrayList<>();

  Deployments(Hub hub, DeploymentShapes shapes) {
    this.hub = hub;
    this.shapes = shapes;
  }

  /** Newest first. */
  List<Deployment> all() {
    List<Deployment> all = new ArrayList<>(deployments.values());
    Collections.reverse(all);
    return all;
  }

  Optional<Deployment> find(long id) {
    return Optional.ofNullable(deployments.get(id));
  }

  void add(Deployment deployment) {
    deployments.put(deployment.id(), deployment);
    hub.announce(
        "deployment",
        "created",
        deployment.login(),
        place -> Json.object("deployment", shapes.deployment(place, deployment)));
  }

  /** May be removed: it is inactive, or there is no other. */
  boolean removable(Deployment deployment) {
    return deployments.size() == 1 || state(deployment).filter("inactive"::equals).isPresent();
  }

  void remove(Deployment deployment) {
    deployments.remove(deployment.id());
  }

  /**
   * @param retiring ends earlier deployments of the same environment
   */
  void add(Deployment deployment, Status status, boolean retiring) {
    if (status.state().equals("success") && retiring) {
      retireOthers(deployment, status);
    }
    add(deployment, status);
  }

  private void add(Deployment deployment, Status status) {
    statuses.add(status);
    hub.announce(
        "deployment_status",
        "created",
        status.login(),
        place ->
            Json.object(
                "deployment_status",
                shapes.status(place, status),
                "deployment",
                shapes.deployment(place, deployment)));
  }

  private void retireOthers(Deployment deployment, Status status) {
    for (Deployment other : deployments.values()) {
      boolean replaced =
          other.id() != deployment.id()
              && other.environment().equals(status.environment())
              && !other.ofAWhile()
              && !other.ofProduction()
              && state(other).filter("success"::equals).isPresent();
      if (replaced) {
        add(
            other,
            new Status(
                hub.nextId(),
                other.id(),
                "inactive",
                "",
                other.environment(),
                "",
                "",
                status.login(),
                hub.now()));
      }
    }
  }

  /** Oldest first. */
  List<Status> statusesOf(Deployment deployment) {
    return statuses.stream().filter(one -> one.deployment() == deployment.id()).toList();
  }

  private Optional<String> state(Deployment deployment) {
    List<Status> all = statusesOf(deployment);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1).state());
  }
}
