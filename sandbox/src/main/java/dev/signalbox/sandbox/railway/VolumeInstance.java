package dev.signalbox.sandbox.railway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A volume in one environment. All instances of a volume share its id and name.
 *
 * @param serviceId where it is mounted; null while it is detached
 * @param backups oldest first
 */
record VolumeInstance(
    String id,
    String volumeId,
    String name,
    String environmentId,
    String serviceId,
    String mountPath,
    Instant createdAt,
    List<VolumeBackup> backups) {

  /** A new one. */
  VolumeInstance(
      String id,
      String volumeId,
      String name,
      String environmentId,
      String serviceId,
      String mountPath,
      Instant createdAt) {
    this(id, volumeId, name, environmentId, serviceId, mountPath, createdAt, List.of());
  }

  VolumeInstance mounted(String service, String path) {
    return new VolumeInstance(id, volumeId, name, environmentId, service, path, createdAt, backups);
  }

  VolumeInstance named(String newName) {
    return new VolumeInstance(
        id, volumeId, newName, environmentId, serviceId, mountPath, createdAt, backups);
  }

  VolumeInstance with(VolumeBackup backup) {
    List<VolumeBackup> more = new ArrayList<>(backups);
    more.add(backup);
    return holding(more);
  }

  VolumeInstance without(String backupId) {
    return holding(backups.stream().filter(backup -> !backup.id().equals(backupId)).toList());
  }

  private VolumeInstance holding(List<VolumeBackup> other) {
    return new VolumeInstance(
        id, volumeId, name, environmentId, serviceId, mountPath, createdAt, List.copyOf(other));
  }
}
