package dev.signalbox.sandbox.railway;

import java.util.List;
import java.util.function.UnaryOperator;

/** Volumes: their names and where they are mounted. Nothing is stored in them. */
final class Volumes {
  private final World world;

  Volumes(World world) {
    this.world = world;
  }

  /** In each of these environments; gives the volume's id. */
  String create(List<Environment> environments, String serviceId, String mountPath) {
    if (environments.stream().anyMatch(e -> serviceId != null && mounted(e.id(), serviceId))) {
      throw new RailwayError("A service can have only one volume");
    }
    world.workspace().volumes().take(world);
    String volumeId = World.newId();
    String name = "volume-" + volumeId.substring(0, 8);
    world
        .history()
        .change(
            draft ->
                environments.forEach(
                    e ->
                        draft.volumes.add(
                            new VolumeInstance(
                                World.newId(),
                                volumeId,
                                name,
                                e.id(),
                                serviceId,
                                mountPath,
                                world.now()))));
    return volumeId;
  }

  private boolean mounted(String environmentId, String serviceId) {
    return world.state().volumes().stream()
        .anyMatch(v -> v.environmentId().equals(environmentId) && serviceId.equals(v.serviceId()));
  }

  List<VolumeInstance> of(String volumeId) {
    List<VolumeInstance> found =
        world.state().volumes().stream().filter(v -> v.volumeId().equals(volumeId)).toList();
    if (found.isEmpty()) {
      throw RailwayError.notFound("Volume");
    }
    return found;
  }

  void change(String volumeId, UnaryOperator<VolumeInstance> change) {
    world
        .history()
        .change(
            draft ->
                draft.volumes.replaceAll(v -> v.volumeId().equals(volumeId) ? change.apply(v) : v));
  }

  void delete(String volumeId) {
    world.history().change(draft -> draft.volumes.removeIf(v -> v.volumeId().equals(volumeId)));
  }
}
