package dev.signalbox.sandbox.railway;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes, forks, renames and deletes environments. A fork has its source's services, settings,
 * triggers, plain and reference variables, its own empty volumes and its own domains; sealed
 * variables, custom domains and deployments stay behind (docs, "Environments").
 */
final class Environments {
  private final World world;
  private final Deployments deployments;

  Environments(World world, Deployments deployments) {
    this.world = world;
    this.deployments = deployments;
  }

  /** What {@code environmentCreate} asks for; no source = an empty environment. */
  record Wanted(String name, Environment source, boolean ephemeral, boolean deploys) {}

  Environment create(Wanted wanted) {
    if (world.state().environmentNamed(wanted.name()).isPresent()) {
      throw new RailwayError("An environment with that name already exists");
    }
    world.workspace().environments().take(world);
    Environment source = wanted.source();
    Environment made =
        new Environment(
            World.newId(),
            wanted.name(),
            source == null ? null : source.branch(),
            wanted.ephemeral(),
            source == null ? null : source.id(),
            world.now(),
            null);
    return add(made, source, wanted.deploys(), null);
  }

  /** A native PR environment: no limit holds it up, and the pull request's head is deployed. */
  Environment createForPull(Environment made, Environment base, String head) {
    return add(made, base, true, head);
  }

  private Environment add(Environment made, Environment source, boolean deploys, String head) {
    world.history().change(draft -> draft.environments.add(made));
    if (source != null) {
      copyVariables(source, made);
      for (Instance original : world.state().instancesIn(source)) {
        Instance copy = world.install(made, original.service(), original.config());
        copyTriggers(original, copy);
        copyVolumes(original, copy);
      }
      if (deploys) {
        deployAll(made, source, head);
      }
    }
    return made;
  }

  private void copyVariables(Environment from, Environment to) {
    world
        .history()
        .change(
            draft ->
                world
                    .state()
                    .variables()
                    .forEach(
                        (scope, variables) -> {
                          if (scope.environmentId().equals(from.id())) {
                            draft.variables.put(
                                new Scope(to.id(), scope.serviceId()), unsealed(variables));
                          }
                        }));
  }

  private static Map<String, Variable> unsealed(Map<String, Variable> variables) {
    Map<String, Variable> copied = new HashMap<>(variables);
    copied.values().removeIf(Variable::sealed);
    return Map.copyOf(copied);
  }

  /** A pull request's environment follows its branch, whatever its base follows. */
  private void copyTriggers(Instance original, Instance copy) {
    if (copy.environment().pullRequest() != null) {
      add(copy, copy.environment().branch(), false);
      return;
    }
    for (Trigger trigger : world.state().triggersOf(original)) {
      add(copy, trigger.branch(), trigger.checkSuites());
    }
  }

  private void add(Instance instance, String branch, boolean checkSuites) {
    Trigger trigger =
        new Trigger(
            World.newId(),
            instance.environment().name(),
            instance.service().name(),
            branch,
            world.settings().repository(),
            checkSuites);
    world.history().change(draft -> draft.triggers.add(trigger));
  }

  private void copyVolumes(Instance original, Instance copy) {
    Scope from = world.scope(original);
    world.state().volumes().stream()
        .filter(v -> v.environmentId().equals(from.environmentId()))
        .filter(v -> from.serviceId().equals(v.serviceId()))
        .map(
            v ->
                new VolumeInstance(
                    World.newId(),
                    v.volumeId(),
                    v.name(),
                    copy.environment().id(),
                    v.serviceId(),
                    v.mountPath(),
                    world.now()))
        .forEach(volume -> world.history().change(draft -> draft.volumes.add(volume)));
  }

  private void deployAll(Environment made, Environment source, String head) {
    for (Instance instance : world.state().instancesIn(made)) {
      Optional<String> commit =
          Optional.ofNullable(head)
              .or(
                  () ->
                      world
                          .state()
                          .active(source.name(), instance.service().name())
                          .map(Deployment::commit));
      commit.ifPresent(sha -> deployments.begin(instance, sha, null, null));
    }
  }

  Environment rename(Environment environment, String name) {
    if (world.state().environmentNamed(name).isPresent()) {
      throw new RailwayError("An environment with that name already exists");
    }
    Environment renamed = environment.renamed(name);
    String old = environment.name();
    world
        .history()
        .change(
            draft -> {
              draft.environments.replaceAll(e -> e.id().equals(renamed.id()) ? renamed : e);
              draft.instances.replaceAll(i -> i.in(renamed.id()) ? i.in(renamed) : i);
              draft.deployments.replaceAll(
                  d -> d.environment().equals(old) ? d.inEnvironment(name) : d);
              draft.triggers.replaceAll(t -> t.environment().equals(old) ? t.in(name) : t);
            });
    return renamed;
  }

  void delete(Environment environment) {
    deployments.removeAll(environment);
    String id = environment.id();
    world.state().instancesIn(environment).forEach(instance -> instance.proxy().close());
    world
        .history()
        .change(
            draft -> {
              draft.instances.stream()
                  .filter(i -> i.in(id))
                  .forEach(
                      i -> {
                        draft.domains.removeIf(d -> d.instanceId().equals(i.id()));
                        draft.manual.remove(i.id());
                      });
              draft.environments.removeIf(e -> e.id().equals(id));
              draft.instances.removeIf(i -> i.in(id));
              draft.deployments.removeIf(d -> d.environment().equals(environment.name()));
              draft.triggers.removeIf(t -> t.environment().equals(environment.name()));
              draft.variables.keySet().removeIf(scope -> scope.environmentId().equals(id));
              draft.volumes.removeIf(v -> v.environmentId().equals(id));
              draft.staged.remove(id);
            });
  }
}
