package dev.signalbox.activities.railway;

import dev.signalbox.activities.railway.RailwayVariables.EnvironmentMarks;
import dev.signalbox.workflows.railway.PreviewEnvironments.EnsureOrder;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.railway.VariablesState;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a copy of the base would reach an environment that people rely on. Values are looked at
 * here and go nowhere.
 */
final class BaseSafety {
  private final RailwayClients clients;
  private final RailwayClient railway;
  private final EnsureOrder order;

  BaseSafety(RailwayClients clients, RailwayClient railway, EnsureOrder order) {
    this.clients = clients;
    this.railway = railway;
    this.order = order;
  }

  /** Why no copy may be made, each a sentence; empty = nothing stands against it. */
  List<String> obstacles(String baseId) {
    VariablesState variables =
        new VariablesReading(
                railway.variables(),
                order.railwayProject(),
                baseId,
                order.others(),
                token -> clients.by(token).variables())
            .among(environment -> guarded(environment, baseId))
            .read(services(baseId));
    List<String> obstacles = new ArrayList<>();
    variables
        .services()
        .forEach(
            service ->
                service
                    .elsewhere()
                    .forEach(
                        one ->
                            obstacles.add(
                                "variable "
                                    + one.name()
                                    + " of "
                                    + service.railway()
                                    + " in "
                                    + order.base()
                                    + " leads to "
                                    + one.environment()
                                    + ", and a preview would have it too; let it refer to a service"
                                    + " (${{service.NAME}}), or give it another value")));
    variables
        .unread()
        .forEach(
            unread -> obstacles.add("whether a variable leads elsewhere is not known: " + unread));
    return obstacles;
  }

  private boolean guarded(EnvironmentMarks environment, String baseId) {
    return environment.id().equals(baseId) || order.guarded().contains(environment.name());
  }

  /** Every service there, ours or not: a copy has them all. */
  private List<ServiceState> services(String baseId) {
    return railway
        .environment(order.railwayProject(), order.base())
        .filter(base -> base.id().equals(baseId))
        .map(
            base ->
                base.instances().stream()
                    .map(
                        instance ->
                            new ServiceState(
                                instance.serviceName(),
                                instance.serviceId(),
                                null,
                                null,
                                null,
                                null,
                                null))
                    .toList())
        .orElse(List.of());
  }
}
