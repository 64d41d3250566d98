package dev.signalbox.sandbox.railway;

import java.util.List;

/**
 * Names of service instances: Railway's own, which is the steady address and can be taken away and
 * made again, and custom ones, which are kept and never resolve here.
 */
final class Domains {
  private final World world;

  Domains(World world) {
    this.world = world;
  }

  static List<Domain> of(State state, Instance instance, boolean custom) {
    return state.domains().stream()
        .filter(d -> d.instanceId().equals(instance.id()) && d.custom() == custom)
        .toList();
  }

  Domain createOwn(Instance instance, Integer targetPort) {
    if (!of(world.state(), instance, false).isEmpty()) {
      throw new RailwayError("Failed to create service domain: the service has one");
    }
    return add(
        new Domain(World.newId(), instance.id(), instance.host(), false, targetPort, world.now()));
  }

  Domain createCustom(Instance instance, String name, Integer targetPort) {
    if (world.state().domains().stream().anyMatch(d -> d.name().equals(name))) {
      throw new RailwayError("Domain " + name + " is already in use");
    }
    return add(new Domain(World.newId(), instance.id(), name, true, targetPort, world.now()));
  }

  private Domain add(Domain domain) {
    world.history().change(draft -> draft.domains.add(domain));
    return domain;
  }

  Domain known(String id, boolean custom) {
    return world.state().domains().stream()
        .filter(d -> d.id().equals(id) && d.custom() == custom)
        .findFirst()
        .orElseThrow(() -> RailwayError.notFound(custom ? "CustomDomain" : "ServiceDomain"));
  }

  Instance instanceOf(Domain domain) {
    return world.state().instances().stream()
        .filter(i -> i.id().equals(domain.instanceId()))
        .findFirst()
        .orElseThrow(() -> RailwayError.notFound("ServiceInstance"));
  }

  void toPort(Domain domain, Integer targetPort) {
    Domain changed = domain.toPort(targetPort);
    world
        .history()
        .change(draft -> draft.domains.replaceAll(d -> d.id().equals(changed.id()) ? changed : d));
  }

  void delete(Domain domain) {
    world.history().change(draft -> draft.domains.removeIf(d -> d.id().equals(domain.id())));
  }
}
