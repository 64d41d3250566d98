package dev.signalbox.sandbox.github;

import java.util.Map;

/** Deployments and their statuses as answers and webhooks show them. */
final class DeploymentShapes {

  private final Shapes shapes;

  DeploymentShapes(Shapes shapes) {
    this.shapes = shapes;
  }

  Map<String, Object> deployment(Place place, Deployments.Deployment deployment) {
    String url = shapes.url(place, "/deployments/" + deployment.id());
    return Json.object(
        "url",
        url,
        "id",
        deployment.id(),
        "node_id",
        "DE_" + deployment.id(),
        "task",
        deployment.task(),
        "original_environment",
        deployment.environment(),
        "environment",
        deployment.environment(),
        "description",
        deployment.description(),
        "created_at",
        Json.time(deployment.at()),
        "updated_at",
        Json.time(deployment.at()),
        "statuses_url",
        url + "/statuses",
        "repository_url",
        shapes.url(place, ""),
        "creator",
        shapes.user(place, deployment.login()),
        "sha",
        deployment.sha(),
        "ref",
        deployment.ref(),
        "payload",
        deployment.payload(),
        "transient_environment",
        deployment.ofAWhile(),
        "production_environment",
        deployment.ofProduction());
  }

  Map<String, Object> status(Place place, Deployments.Status status) {
    String deployment = shapes.url(place, "/deployments/" + status.deployment());
    return Json.object(
        "url",
        deployment + "/statuses/" + status.id(),
        "id",
        status.id(),
        "node_id",
        "DES_" + status.id(),
        "state",
        status.state(),
        "creator",
        shapes.user(place, status.login()),
        "description",
        status.description(),
        "environment",
        status.environment(),
        "target_url",
        status.logUrl(),
        "created_at",
        Json.time(status.at()),
        "updated_at",
        Json.time(status.at()),
        "deployment_url",
        deployment,
        "repository_url",
        shapes.url(place, ""),
        "environment_url",
        status.environmentUrl(),
        "log_url",
        status.logUrl());
  }
}
