package dev.signalbox.workflows.backup;

import dev.signalbox.workflows.policy.Pipeline.Home;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;

/**
 * Backups that Railway takes of a whole volume. All but {@link #create} are retried.
 *
 * <p>Source: https://docs.railway.com/reference/backups.
 */
@ActivityInterface(namePrefix = "Volume")
public interface VolumeActivities {

  /**
   * The volume of a service, and all its backups, also those that we had not taken. Fails for good
   * as {@code NotFound} where the environment, the service or its volume is not there.
   */
  @ActivityMethod
  VolumeState list(VolumeQuery query);

  /**
   * Has Railway begin a backup. <b>Bare</b>: one attempt; nothing protects from a second one, and
   * the name that we give it is how it is read back.
   */
  @ActivityMethod
  VolumeSent create(VolumeOrder order);

  /**
   * The one backup of this name that was not there before, once Railway lists it and its work is
   * over. Fails as {@code Unchanged} until then, and for good when that work ended in an error.
   */
  @ActivityMethod
  VolumeBackup await(VolumeAwaited awaited);

  /** Removes a backup. <b>Guarded</b>: what is gone stays gone, and gone already is success. */
  @ActivityMethod
  void remove(VolumeRemoval removal);

  /**
   * @param environment its name at Railway
   * @param service the name at Railway of the service that the volume is mounted on
   */
  record VolumeQuery(String project, Home home, String environment, String service) {}

  /**
   * @param volumeId of the instance in this environment
   */
  record VolumeState(String volumeId, List<VolumeBackup> backups) {
    public VolumeState {
      backups = backups == null ? List.of() : List.copyOf(backups);
    }
  }

  /**
   * @param name null = it has none
   * @param usedMb in megabytes; null = Railway does not say
   */
  record VolumeBackup(String id, String name, Instant createdAt, Integer usedMb) {}

  /**
   * @param token names the variable that holds it; null = the worker's own
   */
  record VolumeOrder(String project, String token, String volumeId, String name) {}

  /**
   * @param workflowId of Railway's work at it; null = it named none
   */
  record VolumeSent(String workflowId) {}

  /**
   * @param workflowId of Railway's work; null = not known
   * @param baseline ids of the backups that were there before
   */
  record VolumeAwaited(VolumeOrder order, String workflowId, List<String> baseline) {
    public VolumeAwaited {
      baseline = baseline == null ? List.of() : List.copyOf(baseline);
    }
  }

  record VolumeRemoval(VolumeOrder order, String backupId) {}
}
