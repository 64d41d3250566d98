package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.BareCall;
import dev.signalbox.activities.http.Credential;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.railway.RailwayVolumes.Work;
import dev.signalbox.workflows.backup.VolumeActivities;
import io.temporal.activity.Activity;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Backups of volumes with care: one for each order. */
public final class VolumeActivitiesImpl implements VolumeActivities {
  private final RailwayClients clients;
  private final Set<String> projects;
  private final Clock clock;

  /**
   * @param projects that this worker serves
   */
  public VolumeActivitiesImpl(RailwayClients clients, Set<String> projects, Clock clock) {
    this.clients = clients;
    this.projects = Set.copyOf(projects);
    this.clock = clock;
  }

  @Override
  public VolumeState list(VolumeQuery query) {
    Failures.requireServed(query.project(), projects);
    return Failures.mapped(
        () -> {
          RailwayClient railway = clients.by(query.home().token());
          RailwayEnvironment environment =
              railway
                  .environment(query.home().project(), query.environment())
                  .orElseThrow(
                      () -> missing("there is no environment named " + query.environment(), query));
          String service =
              environment.instances().stream()
                  .filter(instance -> query.service().equals(instance.serviceName()))
                  .map(RailwayEnvironment.Instance::serviceId)
                  .findFirst()
                  .orElseThrow(() -> missing("there is no such service", query));
          String volume =
              railway
                  .volumes()
                  .of(environment.id(), service)
                  .orElseThrow(() -> missing("no volume is mounted on it", query));
          return new VolumeState(volume, backups(railway, volume));
        });
  }

  private static ApiException missing(String what, VolumeQuery query) {
    return ApiException.notFound(
        "Railway: the volume of "
            + query.service()
            + " in "
            + query.environment()
            + ": "
            + what
            + "; name by `volume` under [migrations] the service that the database's volume is"
            + " mounted on");
  }

  private static List<VolumeBackup> backups(RailwayClient railway, String volume) {
    return railway.volumes().backups(volume).stream()
        .map(
            backup ->
                new VolumeBackup(backup.id(), backup.name(), backup.createdAt(), backup.usedMB()))
        .toList();
  }

  @Override
  public VolumeSent create(VolumeOrder order) {
    Failures.requireServed(order.project(), projects);
    BareCall call = new BareCall(Activity.getExecutionContext(), clock);
    RailwayClient railway = RailwayActivitiesImpl.beforehand(() -> clients.by(order.token()));
    Credential as = RailwayActivitiesImpl.beforehand(railway::credential);
    return call.send(
        deadline ->
            new VolumeSent(railway.volumes().create(order.volumeId(), order.name(), as, deadline)));
  }

  @Override
  public VolumeBackup await(VolumeAwaited awaited) {
    VolumeOrder order = awaited.order();
    Failures.requireServed(order.project(), projects);
    return Failures.mapped(
        () -> {
          RailwayClient railway = clients.by(order.token());
          Optional<Work> work =
              awaited.workflowId() == null
                  ? Optional.empty()
                  : railway.volumes().work(awaited.workflowId());
          work.filter(Work::failed).ifPresent(VolumeActivitiesImpl::refuse);
          List<VolumeBackup> fresh =
              backups(railway, order.volumeId()).stream()
                  .filter(backup -> order.name().equals(backup.name()))
                  .filter(backup -> !awaited.baseline().contains(backup.id()))
                  .toList();
          if (!work.map(Work::over).orElse(true) || fresh.size() != 1) {
            throw Failures.unchanged("the backup " + order.name(), null);
          }
          return fresh.get(0);
        });
  }

  private static void refuse(Work failed) {
    throw Failures.rejected(
        "Railway could not back the volume up: "
            + Objects.requireNonNullElse(failed.error(), "it does not say why")
            + "; next: look at the volume in Railway, and begin again");
  }

  @Override
  public void remove(VolumeRemoval removal) {
    VolumeOrder order = removal.order();
    Failures.requireServed(order.project(), projects);
    Failures.mapped(
        () -> {
          try {
            clients.by(order.token()).volumes().delete(order.volumeId(), removal.backupId());
          } catch (ApiException gone) {
            if (!gone.is(ApiException.Kind.NOT_FOUND)) {
              throw gone;
            }
          }
        });
  }
}
