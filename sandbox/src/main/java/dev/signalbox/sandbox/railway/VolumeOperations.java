package dev.signalbox.sandbox.railway;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Volumes: made, named, mounted, deleted. */
final class VolumeOperations {
  private final World world;
  private final Volumes volumes;

  private VolumeOperations(Project project) {
    this.world = project.world();
    this.volumes = project.volumes();
  }

  static void addTo(RootFields fields, Project project) {
    VolumeOperations operations = new VolumeOperations(project);
    fields.query("volumeInstance", operations::read);
    fields.mutation("volumeCreate", operations::create);
    fields.mutation("volumeUpdate", operations::rename);
    fields.mutation("volumeInstanceUpdate", operations::mount);
    fields.mutation("volumeDelete", operations::delete);
  }

  private Object read(Asked asked) {
    asked.mustBeKnown();
    VolumeInstance volume =
        asked.state().volumes().stream()
            .filter(v -> v.id().equals(asked.text("id")))
            .findFirst()
            .orElseThrow(() -> RailwayError.notFound("VolumeInstance"));
    asked.environment(volume.environmentId());
    return new VolumeViews(world, asked.state()).instance(volume);
  }

  /** No environment named = all of them; null reads as not named. */
  private Object create(Asked asked) {
    Map<String, Object> input = asked.input();
    asked.mustBeOurProject(input.get("projectId"));
    Object environmentId = input.get("environmentId");
    if (environmentId == null) {
      asked.mustBeAccount();
    }
    List<Environment> environments =
        environmentId == null
            ? world.state().environments()
            : List.of(asked.environment(environmentId));
    String id =
        volumes.create(
            environments, (String) input.get("serviceId"), (String) input.get("mountPath"));
    asked.changed(id);
    return new VolumeViews(world, world.state()).volume(id);
  }

  private List<VolumeInstance> touched(Asked asked) {
    asked.mustBeKnown();
    List<VolumeInstance> found = volumes.of(asked.text("volumeId"));
    Object environmentId = asked.arguments().get("environmentId");
    List<VolumeInstance> meant =
        found.stream()
            .filter(v -> environmentId == null || v.environmentId().equals(environmentId))
            .toList();
    meant.forEach(v -> asked.environment(v.environmentId()));
    return meant;
  }

  private Object rename(Asked asked) {
    String id = touched(asked).get(0).volumeId();
    Object name = asked.input().get("name");
    if (name != null) {
      volumes.change(id, volume -> volume.named(name.toString()));
      asked.changed(id);
    }
    return new VolumeViews(world, world.state()).volume(id);
  }

  /** Here an explicit null means something: the volume is detached. */
  private Object mount(Asked asked) {
    List<VolumeInstance> meant = touched(asked);
    Map<String, Object> input = asked.input();
    for (VolumeInstance volume : meant) {
      Object mountPath = input.get("mountPath");
      boolean movesOnly = mountPath != null && input.get("serviceId") == null;
      String service =
          input.containsKey("serviceId") && !movesOnly
              ? (String) input.get("serviceId")
              : volume.serviceId();
      String path = Objects.toString(mountPath, volume.mountPath());
      VolumeInstance changed = volume.mounted(service, path);
      if (!changed.equals(volume)) {
        volumes.change(volume.volumeId(), v -> v.id().equals(volume.id()) ? changed : v);
        asked.changed(volume.volumeId());
      }
    }
    return true;
  }

  private Object delete(Asked asked) {
    String id = touched(asked).get(0).volumeId();
    volumes.delete(id);
    asked.changed(id);
    return true;
  }
}
