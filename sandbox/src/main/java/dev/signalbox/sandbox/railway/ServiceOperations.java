package dev.signalbox.sandbox.railway;

import java.util.Map;
import java.util.TreeMap;

/** Services in their environments: settings, triggers, and whether a push deploys. */
final class ServiceOperations {
  private final World world;
  private final Triggers triggers;
  private final ConfigPatch patches;

  private ServiceOperations(Project project) {
    this.world = project.world();
    this.triggers = project.triggers();
    this.patches = project.patches();
  }

  static void addTo(RootFields fields, Project project) {
    ServiceOperations operations = new ServiceOperations(project);
    fields.query("service", operations::service);
    fields.query("serviceInstance", operations::serviceInstance);
    fields.query("deploymentTriggers", operations::triggers);
    fields.query("serviceInstanceAutoDeployStatus", operations::autoDeployStatus);
    fields.mutation("serviceInstanceUpdate", operations::update);
    fields.mutation("serviceInstanceAutoDeployUpdate", operations::autoDeployUpdate);
    fields.mutation("deploymentTriggerCreate", operations::createTrigger);
    fields.mutation("deploymentTriggerUpdate", operations::updateTrigger);
    fields.mutation("deploymentTriggerDelete", operations::deleteTrigger);
  }

  private Object service(Asked asked) {
    asked.mustBeKnown();
    return world
        .service(asked.text("id"))
        .map(asked.views()::service)
        .orElseThrow(() -> RailwayError.notFound("Service"));
  }

  private Object serviceInstance(Asked asked) {
    return asked.views().serviceInstance(asked.instance(asked.arguments()));
  }

  private Object triggers(Asked asked) {
    Instance instance = asked.instance(asked.arguments());
    return asked.page(asked.state().triggersOf(instance), asked.views()::trigger);
  }

  private Object autoDeployStatus(Asked asked) {
    Instance instance = asked.instance(asked.arguments());
    return Map.of("enabled", asked.state().autoDeploys(instance), "canEnable", true);
  }

  /** Applies at once and deploys nothing; without an environment it holds in all of them. */
  private Object update(Asked asked) {
    asked.mustBeKnown();
    Object environmentId = asked.text("environmentId");
    Object serviceId = asked.text("serviceId");
    if (environmentId == null) {
      asked.mustBeAccount();
    }
    Map<String, Object> input = new TreeMap<>(asked.input());
    input.remove("source");
    input.remove("registryCredentials");
    for (Environment environment : world.state().environments()) {
      boolean meant =
          environmentId == null
              ? environment.sourceId() == null
              : environment.id().equals(environmentId);
      if (meant) {
        Instance instance =
            asked.instance(Map.of("environmentId", environment.id(), "serviceId", serviceId));
        Map<String, Object> config = new TreeMap<>(instance.config());
        ConfigPatch.merge(input, config);
        patches.configure(instance, config);
        asked.changed(instance.id());
      }
    }
    return true;
  }

  private Object autoDeployUpdate(Asked asked) {
    Instance instance = asked.instance(asked.input());
    boolean enabled = Boolean.TRUE.equals(asked.input().get("enabled"));
    triggers.autoDeploy(instance, enabled);
    asked.changed(instance.id());
    return Map.of("enabled", enabled);
  }

  private Object createTrigger(Asked asked) {
    Map<String, Object> input = asked.input();
    Instance instance = asked.instance(input);
    mustBeAccessible(input.get("repository"));
    Trigger trigger =
        triggers.create(
            instance, (String) input.get("branch"), Boolean.TRUE.equals(input.get("checkSuites")));
    asked.changed(trigger.id());
    return asked.viewsNow().trigger(trigger);
  }

  private void mustBeAccessible(Object repository) {
    if (!world.settings().repository().equals(repository)) {
      throw new RailwayError(
          "Cannot create deployment trigger because no one in the project has access to it");
    }
  }

  private Object updateTrigger(Asked asked) {
    Map<String, Object> input = asked.input();
    Trigger trigger = trigger(asked);
    if (input.get("repository") != null) {
      mustBeAccessible(input.get("repository"));
    }
    Trigger changed =
        triggers.update(trigger, (String) input.get("branch"), (Boolean) input.get("checkSuites"));
    if (!changed.equals(trigger)) {
      asked.changed(trigger.id());
    }
    return asked.viewsNow().trigger(changed);
  }

  private Object deleteTrigger(Asked asked) {
    Trigger trigger = trigger(asked);
    triggers.delete(trigger.id());
    asked.changed(trigger.id());
    return true;
  }

  private Trigger trigger(Asked asked) {
    asked.mustBeKnown();
    Trigger trigger =
        world.state().triggers().stream()
            .filter(t -> t.id().equals(asked.text("id")))
            .findFirst()
            .orElseThrow(() -> RailwayError.notFound("DeploymentTrigger"));
    world.state().environmentNamed(trigger.environment()).ifPresent(asked.caller()::mayUse);
    return trigger;
  }
}
