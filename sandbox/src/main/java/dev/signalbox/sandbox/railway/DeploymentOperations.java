package dev.signalbox.sandbox.railway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Deployments: listed, read with their steps, begun and ended. */
final class DeploymentOperations {
  private final World world;
  private final Deployments deployments;

  private DeploymentOperations(Project project) {
    this.world = project.world();
    this.deployments = project.deployments();
  }

  static void addTo(RootFields fields, Project project) {
    DeploymentOperations operations = new DeploymentOperations(project);
    Deployments deployments = project.deployments();
    fields.query("deployments", operations::list);
    fields.query("deployment", asked -> asked.views().deployment(asked.deployment("id")));
    fields.query("deploymentEvents", operations::events);
    fields.query("deploymentSnapshot", operations::snapshot);
    fields.mutation("serviceInstanceDeployV2", operations::deploy);
    fields.mutation("serviceInstanceDeploy", operations::deployWithoutId);
    fields.mutation("serviceInstanceRedeploy", operations::redeployLatest);
    fields.mutation("environmentTriggersDeploy", operations::triggersDeploy);
    fields.mutation("deploymentRollback", asked -> on(asked, deployments::rollback));
    fields.mutation("deploymentRedeploy", operations::redeploy);
    fields.mutation("deploymentRestart", asked -> on(asked, deployments::restart));
    fields.mutation("deploymentStop", asked -> on(asked, deployments::stop));
    fields.mutation("deploymentCancel", asked -> on(asked, deployments::cancel));
    fields.mutation("deploymentRemove", asked -> on(asked, deployments::remove));
  }

  private Object list(Asked asked) {
    Map<String, Object> input = asked.input();
    Object environmentId =
        asked.caller().kind() == Caller.Kind.PROJECT
            ? asked.caller().environmentId()
            : input.get("environmentId");
    Optional<Environment> environment = Optional.ofNullable(environmentId).map(asked::environment);
    if (environment.isEmpty() || input.get("projectId") != null) {
      asked.mustBeOurProject(Optional.ofNullable(input.get("projectId")).orElse(world.projectId()));
    }
    if (input.get("environmentId") != null) {
      asked.environment(input.get("environmentId"));
    }
    Object serviceId = input.get("serviceId");
    List<Deployment> found =
        asked.views().newestFirst().stream()
            .filter(d -> environment.isEmpty() || d.environment().equals(environment.get().name()))
            .filter(d -> serviceId == null || world.serviceId(d.service()).equals(serviceId))
            .filter(d -> statusWanted(input.get("status"), d.status()))
            .toList();
    return asked.page(found, asked.views()::deployment);
  }

  private static boolean statusWanted(Object filter, Status status) {
    if (!(filter instanceof Map<?, ?> wanted)) {
      return true;
    }
    boolean in = !(wanted.get("in") instanceof List<?> list) || list.contains(status.name());
    boolean out = wanted.get("notIn") instanceof List<?> list && list.contains(status.name());
    return in && !out;
  }

  private Object events(Asked asked) {
    Deployment deployment = asked.deployment("id");
    return asked.page(world.logs().events(deployment.id()), DeploymentOperations::event);
  }

  static Map<String, Object> event(LogBook.Event event) {
    Map<String, Object> view = new HashMap<>();
    view.put("id", event.id());
    view.put("step", event.step());
    view.put("createdAt", event.createdAt().toString());
    view.put("completedAt", event.completedAt() == null ? null : event.completedAt().toString());
    view.put("payload", event.error() == null ? Map.of() : Map.of("error", event.error()));
    return view;
  }

  private Object snapshot(Asked asked) {
    Deployment deployment = asked.deployment("deploymentId");
    Map<String, Object> view = Views.node(deployment.id(), null, deployment.createdAt());
    view.put("variables", deployment.variables().readable());
    return view;
  }

  private Object deploy(Asked asked) {
    Deployment deployment =
        deployments.deploy(asked.instance(asked.arguments()), asked.text("commitSha"));
    asked.changed(deployment.id());
    return deployment.id();
  }

  private Object deployWithoutId(Asked asked) {
    Instance instance = asked.instance(asked.arguments());
    Deployment deployment =
        asked.flag("latestCommit")
            ? deployments.deployLatest(instance)
            : deployments.deploy(instance, asked.text("commitSha"));
    asked.changed(deployment.id());
    return true;
  }

  private Object redeployLatest(Asked asked) {
    Instance instance = asked.instance(asked.arguments());
    Deployment latest =
        world
            .state()
            .latest(instance.environment().name(), instance.service().name())
            .orElseThrow(() -> RailwayError.notFound("Deployment"));
    asked.changed(deployments.redeploy(latest.id(), false).id());
    return true;
  }

  /** Per service in spite of its name; without a trigger there is nothing to deploy. */
  private Object triggersDeploy(Asked asked) {
    Instance instance = asked.instance(asked.input());
    if (world.state().triggersOf(instance).isEmpty()) {
      return false;
    }
    asked.changed(deployments.deployLatest(instance).id());
    return true;
  }

  private static Object on(Asked asked, Consumer<String> deed) {
    Deployment deployment = asked.deployment("id");
    deed.accept(deployment.id());
    asked.changed(deployment.id());
    return true;
  }

  private Object redeploy(Asked asked) {
    Deployment old = asked.deployment("id");
    Deployment deployment = deployments.redeploy(old.id(), asked.flag("usePreviousImageTag"));
    asked.changed(deployment.id());
    return asked.viewsNow().deployment(deployment);
  }
}
