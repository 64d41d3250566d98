package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.railway.RailwayEnvironment.Instance;
import dev.signalbox.activities.railway.RailwayVariables.EnvironmentMarks;
import dev.signalbox.activities.railway.RailwayVariables.VariableName;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.railway.PreviewActivities.EnsureOrder;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.railway.VariablesState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a copy of the base would reach an environment that people rely on: its addresses, its
 * databases, its buckets, its keys. Values are looked at here and go nowhere.
 */
final class BaseSafety {
  private static final String OTHERWISE =
      "; a preview would have it too: let it refer to a service of its own (${{service.NAME}}),"
          + " give it another value, or name it in [previews] shared";

  private final RailwayClients clients;
  private final RailwayClient railway;
  private final RailwayVariables variables;
  private final EnsureOrder order;
  private final DataStore.Addresses addresses = new DataStore.Addresses();

  /** Service and variable to what is wrong with it: one sentence for each. */
  private final Map<String, String> reached = new LinkedHashMap<>();

  private final Set<String> unread = new LinkedHashSet<>();

  private final Map<String, RailwayVariables> elsewhere = new HashMap<>();
  private List<Instance> instances;

  BaseSafety(RailwayClients clients, RailwayClient railway, EnsureOrder order) {
    this.clients = clients;
    this.railway = railway;
    this.variables = railway.variables().remembering();
    this.order = order;
  }

  /** Why no copy may be made, each a sentence; empty = nothing stands against it. */
  List<String> obstacles(String baseId) {
    List<Instance> base = instances();
    readMarks(baseId, base);
    List<ProductionReach> others = others();
    Set<String> owned = ProductionReach.privateNames(base);
    for (Instance service : base) {
      Map<String, String> values =
          variables.values(order.railwayProject(), baseId, service.serviceId());
      others.forEach(
          other ->
              other
                  .reachedBy(values, owned)
                  .forEach((name, what) -> note(service.serviceName(), name, what)));
    }
    List<String> obstacles = new ArrayList<>(reached.values());
    unread.forEach(one -> obstacles.add("whether a variable leads elsewhere is not known: " + one));
    return obstacles;
  }

  private List<Instance> instances() {
    if (instances == null) {
      instances =
          railway
              .environment(order.railwayProject(), order.base())
              .map(RailwayEnvironment::instances)
              .orElse(List.of());
    }
    return instances;
  }

  /** What a copy will lack, as {@code service.NAME}: the variables that nobody can read. */
  List<String> sealed(String baseId) {
    Map<String, String> names = new HashMap<>();
    instances().forEach(instance -> names.put(instance.serviceId(), instance.serviceName()));
    return variables.names(baseId).stream()
        .filter(VariableName::isSealed)
        .map(
            one ->
                (one.serviceId() == null
                        ? "shared"
                        : names.getOrDefault(one.serviceId(), one.serviceId()))
                    + "."
                    + one.name())
        .sorted()
        .toList();
  }

  private RailwayVariables by(String token) {
    return elsewhere.computeIfAbsent(token, any -> clients.by(any).variables().remembering());
  }

  private void note(String service, String name, String what) {
    if (!order.shared().contains(name) && !order.shared().contains(service + "." + name)) {
      reached.putIfAbsent(
          service + "." + name,
          "variable " + name + " of " + service + " in " + order.base() + " " + what + OTHERWISE);
    }
  }

  /** By what Railway itself calls things elsewhere: ids, domains, proxies. */
  private void readMarks(String baseId, List<Instance> base) {
    VariablesState found =
        new VariablesReading(variables, order.railwayProject(), baseId, order.others(), this::by)
            .among(environment -> guarded(environment, baseId))
            .read(base.stream().map(BaseSafety::state).toList());
    found
        .services()
        .forEach(
            service ->
                service
                    .elsewhere()
                    .forEach(
                        one ->
                            note(service.railway(), one.name(), "leads to " + one.environment())));
    unread.addAll(found.unread());
  }

  private boolean guarded(EnvironmentMarks environment, String baseId) {
    return environment.id().equals(baseId) || order.guarded().contains(environment.name());
  }

  private static ServiceState state(Instance instance) {
    return new ServiceState(
        instance.serviceName(), instance.serviceId(), null, null, null, null, null);
  }

  private List<ProductionReach> others() {
    List<ProductionReach> others = new ArrayList<>();
    variables.marks(order.railwayProject()).stream()
        .filter(environment -> order.guarded().contains(environment.name()))
        .forEach(environment -> others.add(read(variables, order.railwayProject(), environment)));
    for (Home home : order.others()) {
      try {
        RailwayVariables there = by(home.token());
        there
            .marks(home.project())
            .forEach(environment -> others.add(read(there, home.project(), environment)));
      } catch (ApiException away) {
        unread.add("Railway project " + home.project() + ": " + away.getMessage());
      }
    }
    return others;
  }

  private ProductionReach read(
      RailwayVariables there, String project, EnvironmentMarks environment) {
    ProductionReach reach = new ProductionReach(environment.name(), addresses);
    environment
        .serviceInstances()
        .nodes()
        .forEach(
            instance -> {
              reach.uses(there.values(project, environment.id(), instance.serviceId()));
              there
                  .tcpAddresses(environment.id(), instance.serviceId())
                  .forEach(reach::isReachedAt);
            });
    return reach;
  }
}
