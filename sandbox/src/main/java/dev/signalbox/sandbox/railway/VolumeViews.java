package dev.signalbox.sandbox.railway;

import java.util.List;
import java.util.Map;

/** Volumes and their instances as Railway's schema names them. */
final class VolumeViews {
  private final World world;
  private final Views views;
  private final State state;

  VolumeViews(World world, State state) {
    this.world = world;
    this.views = new Views(world, state);
    this.state = state;
  }

  List<String> ids() {
    return state.volumes().stream().map(VolumeInstance::volumeId).distinct().toList();
  }

  List<VolumeInstance> instancesOf(String volumeId) {
    return state.volumes().stream().filter(v -> v.volumeId().equals(volumeId)).toList();
  }

  Map<String, Object> volume(String volumeId) {
    VolumeInstance first = instancesOf(volumeId).get(0);
    Map<String, Object> view = Views.node(volumeId, first.name(), first.createdAt());
    view.put("projectId", world.projectId());
    view.put("project", (Field) asked -> views.project());
    view.put("volumeInstances", Views.pages(() -> instancesOf(volumeId), this::instance));
    return view;
  }

  Map<String, Object> instance(VolumeInstance volume) {
    Map<String, Object> view = Views.node(volume.id(), volume.name(), volume.createdAt());
    view.put("volumeId", volume.volumeId());
    view.put("volume", (Field) asked -> volume(volume.volumeId()));
    view.put("environmentId", volume.environmentId());
    view.put("serviceId", volume.serviceId());
    view.put("mountPath", volume.mountPath());
    view.put("sizeMB", world.settings().plan().volumeMegabytes());
    view.put("currentSizeMB", 0.0);
    view.put("state", "READY");
    view.put("region", Regions.ONLY);
    view.put("externalId", "vol_" + volume.id());
    state
        .environment(volume.environmentId())
        .ifPresent(e -> view.put("environment", (Field) asked -> views.environment(e)));
    world
        .service(String.valueOf(volume.serviceId()))
        .ifPresent(s -> view.put("service", (Field) asked -> views.service(s)));
    return view;
  }
}
