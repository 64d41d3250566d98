package dev.signalbox.sandbox.railway;

import java.time.Instant;

/**
 * A volume in one environment. All instances of a volume share its id and name.
 *
 * @param serviceId where it is mounted; null while it is detached
 */
record VolumeInstance(
    String id,
    String volumeId,
    String name,
    String environmentId,
    String serviceId,
    String mountPath,
    Instant createdAt) {

  VolumeInstance mounted(String service, String path) {
    return new VolumeInstance(id, volumeId, name, environmentId, service, path, createdAt);
  }

  VolumeInstance named(String newName) {
    return new VolumeInstance(
        id, volumeId, newName, environmentId, serviceId, mountPath, createdAt);
  }
}
