package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.railway.PreviewActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.Set;
import java.util.function.Supplier;

/** Environments of pull requests, with signs of life: to make one takes Railway its time. */
public final class PreviewActivitiesImpl implements PreviewActivities {
  private final RailwayClients clients;
  private final Set<String> projects;
  private final String serviceScheme;
  private final Pace pace;

  /**
   * @param projects that this worker serves
   * @param serviceScheme of the services' addresses
   */
  public PreviewActivitiesImpl(
      RailwayClients clients, Set<String> projects, String serviceScheme, Pace pace) {
    this.clients = clients;
    this.projects = Set.copyOf(projects);
    this.serviceScheme = serviceScheme;
    this.pace = pace;
  }

  @Override
  public Ensured ensureEnvironment(EnsureOrder order) {
    return attended(
        order.project(),
        () -> new EnvironmentMaking(clients, serviceScheme, order, pace).carryOut());
  }

  @Override
  public Removed removeEnvironment(RemoveOrder order) {
    return attended(
        order.project(),
        () ->
            new EnvironmentRemoval(clients.by(order.token()).environments(), order, pace)
                .carryOut());
  }

  @Override
  public Environments listEnvironments(ListQuery query) {
    return attended(
        query.project(),
        () ->
            new Environments(
                clients.by(query.token()).environments().all(query.railwayProject()).stream()
                    .map(
                        one ->
                            new Known(
                                one.id(),
                                one.name(),
                                one.isEphemeral(),
                                one.marked(),
                                one.pullNumber(),
                                one.createdAt()))
                    .toList()));
  }

  private <T> T attended(String project, Supplier<T> work) {
    Failures.requireServed(project, projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    return Failures.mapped(() -> new Waiting(pace, () -> context.heartbeat(null)).answer(work));
  }
}
