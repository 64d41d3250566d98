package dev.signalbox.activities.railway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Credential;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Railway's public API, as far as it speaks of volumes and their backups.
 *
 * @see <a href="https://docs.railway.com/reference/backups">Backups</a>
 */
final class RailwayVolumes {
  private final RailwayGraphQl graph;

  RailwayVolumes(RailwayGraphQl graph) {
    this.graph = graph;
  }

  private record Mounted(String id, String serviceId) {}

  /** One backup of a volume. */
  record Backup(String id, String name, Instant createdAt, Integer usedMB) {}

  /**
   * How far Railway's own work is.
   *
   * @param status Complete, Error, NotFound (not yet, or no more) or Running
   * @param error why it failed; null = it did not, or Railway does not say
   */
  record Work(String status, String error) {
    boolean failed() {
      return "Error".equals(status);
    }

    /** Whether what it was to make counts once it is listed; a word that we do not know is no. */
    boolean over() {
      return "Complete".equals(status) || "NotFound".equals(status);
    }
  }

  /** The id of the volume instance that is mounted on a service; empty = there is none. */
  Optional<String> of(String environmentId, String serviceId) {
    String tried = "read the volumes of the environment";
    String after = null;
    do {
      Map<String, Object> variables = new HashMap<>();
      variables.put("environment", environmentId);
      variables.put("after", after);
      JsonNode data = graph.query(tried, GraphQlOperation.VOLUME_INSTANCES, variables);
      Connection<Mounted> page =
          graph.convert(
              tried,
              data.path("environment").path("volumeInstances"),
              new TypeReference<Connection<Mounted>>() {});
      Optional<String> found =
          page.nodes().stream()
              .filter(volume -> serviceId.equals(volume.serviceId()))
              .map(Mounted::id)
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
      after = page.next();
    } while (after != null);
    return Optional.empty();
  }

  List<Backup> backups(String volumeId) {
    String tried = "list the backups of volume " + volumeId;
    JsonNode data = graph.query(tried, GraphQlOperation.VOLUME_BACKUPS, Map.of("volume", volumeId));
    return graph.convert(
        tried, data.path("volumeInstanceBackupList"), new TypeReference<List<Backup>>() {});
  }

  /**
   * Begins a backup. Nothing protects from happening twice.
   *
   * @return the id of Railway's work at it; null = it named none
   */
  String create(String volumeId, String name, Credential as, Instant deadline) {
    JsonNode data =
        graph.sendOnce(
            "back volume " + volumeId + " up",
            GraphQlOperation.VOLUME_BACKUP_CREATE,
            Map.of("volume", volumeId, "name", name),
            as,
            deadline);
    return data.path("volumeInstanceBackupCreate").path("workflowId").textValue();
  }

  /** Removes one; one that is gone is not found. */
  void delete(String volumeId, String backupId) {
    graph.query(
        "remove backup " + backupId + " of volume " + volumeId,
        GraphQlOperation.VOLUME_BACKUP_DELETE,
        Map.of("volume", volumeId, "id", backupId));
  }

  /** Empty where Railway does not let this kind of work be asked about. */
  Optional<Work> work(String workflowId) {
    String tried = "read how far the backup is";
    try {
      JsonNode data =
          graph.query(tried, GraphQlOperation.WORKFLOW_STATUS, Map.of("id", workflowId));
      return Optional.of(
          graph.convert(tried, data.path("workflowStatus"), new TypeReference<Work>() {}));
    } catch (ApiException refused) {
      if (refused.is(ApiException.Kind.REJECTED) || refused.is(ApiException.Kind.NOT_FOUND)) {
        return Optional.empty();
      }
      throw refused;
    }
  }
}
