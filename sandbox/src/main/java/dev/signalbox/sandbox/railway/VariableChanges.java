package dev.signalbox.sandbox.railway;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sets and deletes variables. A service that runs is deployed again with them, unless the caller
 * says otherwise; shared ones redeploy those that refer to them. A deletion deploys nothing
 * (undocumented, seen in practice).
 */
final class VariableChanges {
  private final World world;
  private final Deployments deployments;

  VariableChanges(World world, Deployments deployments) {
    this.world = world;
    this.deployments = deployments;
  }

  /** Gives whether anything is different now. */
  boolean upsert(Scope scope, Map<String, String> values, boolean replace, boolean deploys) {
    Map<String, Variable> before = world.state().variablesIn(scope);
    Map<String, Variable> after = new HashMap<>(replace ? Map.of() : before);
    values.forEach(
        (name, value) -> {
          boolean sealed = before.containsKey(name) && before.get(name).sealed();
          after.put(name, new Variable(value, sealed));
        });
    if (after.equals(before)) {
      return false;
    }
    put(scope, after);
    if (deploys) {
      redeploy(scope);
    }
    return true;
  }

  boolean delete(Scope scope, String name) {
    Map<String, Variable> after = new HashMap<>(world.state().variablesIn(scope));
    if (after.remove(name) == null) {
      return false;
    }
    put(scope, after);
    return true;
  }

  void put(Scope scope, Map<String, Variable> variables) {
    world.history().change(draft -> draft.variables.put(scope, Map.copyOf(variables)));
  }

  private void redeploy(Scope scope) {
    String patch = World.newId();
    Optional<Environment> environment = world.state().environment(scope.environmentId());
    for (Instance instance : world.state().instancesIn(environment.orElseThrow())) {
      Scope own = world.scope(instance);
      boolean refersToShared =
          world.state().variablesIn(own).values().stream()
              .flatMap(variable -> Variables.references(variable.value()).stream())
              .anyMatch(reference -> reference.startsWith("shared."));
      if (own.equals(scope) || (scope.serviceId() == null && refersToShared)) {
        deployments.redeployAfter(instance, patch);
      }
    }
  }
}
