package dev.signalbox.sandbox.railway;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Backups of volumes: taken, listed, deleted. Their work takes a moment. */
final class VolumeBackupOperations {
  private static final Duration WORK = Duration.ofSeconds(1);

  private final World world;
  private final Volumes volumes;

  private VolumeBackupOperations(Project project) {
    this.world = project.world();
    this.volumes = project.volumes();
  }

  static void addTo(RootFields fields, Project project) {
    VolumeBackupOperations operations = new VolumeBackupOperations(project);
    fields.query("volumeInstanceBackupList", operations::list);
    fields.query("workflowStatus", operations::status);
    fields.mutation("volumeInstanceBackupCreate", operations::create);
    fields.mutation("volumeInstanceBackupDelete", operations::delete);
  }

  private VolumeInstance volume(Asked asked) {
    asked.mustBeKnown();
    VolumeInstance found =
        asked.state().volumes().stream()
            .filter(volume -> volume.id().equals(asked.text("volumeInstanceId")))
            .findFirst()
            .orElseThrow(() -> RailwayError.notFound("VolumeInstance"));
    asked.environment(found.environmentId());
    return found;
  }

  private Object list(Asked asked) {
    Instant now = world.now();
    return volume(asked).backups().stream()
        .filter(backup -> !backup.readyAt().isAfter(now))
        .map(this::view)
        .toList();
  }

  private Map<String, Object> view(VolumeBackup backup) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", backup.id());
    view.put("name", backup.name());
    view.put("createdAt", backup.createdAt().toString());
    view.put("creatorId", null);
    view.put("expiresAt", null);
    view.put("externalId", "backup_" + backup.id());
    view.put("referencedMB", 0);
    view.put("scheduleId", null);
    view.put("usedMB", 0);
    view.put("volumeInstanceSizeMB", world.settings().plan().volumeMegabytes());
    return view;
  }

  private Object create(Asked asked) {
    VolumeInstance volume = volume(asked);
    Instant now = world.now();
    VolumeBackup backup =
        new VolumeBackup(
            World.newId(),
            Objects.requireNonNullElse(asked.text("name"), "Manual"),
            World.newId(),
            now,
            now.plus(WORK));
    volumes.change(volume.volumeId(), one -> one.id().equals(volume.id()) ? one.with(backup) : one);
    asked.changed(backup.id());
    return work(backup.workflowId());
  }

  private Object delete(Asked asked) {
    VolumeInstance volume = volume(asked);
    String id = asked.text("volumeInstanceBackupId");
    if (volume.backups().stream().noneMatch(backup -> backup.id().equals(id))) {
      throw RailwayError.notFound("VolumeInstanceBackup");
    }
    volumes.change(volume.volumeId(), one -> one.id().equals(volume.id()) ? one.without(id) : one);
    asked.changed(id);
    return work(World.newId());
  }

  private static Map<String, Object> work(String id) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("workflowId", id);
    return view;
  }

  private Object status(Asked asked) {
    asked.mustBeKnown();
    Instant now = world.now();
    List<String> words =
        asked.state().volumes().stream()
            .flatMap(volume -> volume.backups().stream())
            .filter(backup -> backup.workflowId().equals(asked.text("workflowId")))
            .map(backup -> backup.readyAt().isAfter(now) ? "Running" : "Complete")
            .toList();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("status", words.isEmpty() ? "NotFound" : words.get(0));
    view.put("error", null);
    return view;
  }
}
