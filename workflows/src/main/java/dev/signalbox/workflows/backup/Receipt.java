package dev.signalbox.workflows.backup;

import dev.signalbox.workflows.backup.VolumeActivities.VolumeBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Proof that a backup can be restored: it was, into a scratch database, and what came out was
 * compared.
 *
 * @param id by which it is named everywhere
 * @param database host, port and name, without user and password
 * @param schema revisions that the database named in the moment of the backup, sorted
 * @param bytes of the file
 * @param sha256 of the file, 64 hex
 * @param takenAt moment of the snapshot
 * @param took from the first byte to the last
 * @param where it lies, as a URI without credentials
 * @param tools versions: {@code pg_dump}, {@code server}
 * @param verified what was compared; null = it was not, so nothing may rely on it
 */
public record Receipt(
    String id,
    String project,
    String environment,
    String database,
    List<String> schema,
    long bytes,
    String sha256,
    Instant takenAt,
    Duration took,
    String where,
    Map<String, String> tools,
    Verified verified) {
  private static final String METHOD = "method";
  private static final String BY_VOLUME = "railway-volume";
  private static final String ONLY_COPY = "only-copy";

  public Receipt {
    schema = schema == null ? List.of() : List.copyOf(schema);
    tools = tools == null ? Map.of() : Map.copyOf(tools);
  }

  /**
   * @param objects tables, columns, constraints, indexes and sequences that are the same
   * @param rows in all tables
   * @param tables whose contents were compared by a checksum
   * @param counted tables that are so big that only their rows were counted
   */
  public record Verified(
      Instant at,
      Duration took,
      int objects,
      long rows,
      List<String> tables,
      List<String> counted) {
    public Verified {
      tables = tables == null ? List.of() : List.copyOf(tables);
      counted = counted == null ? List.of() : List.copyOf(counted);
    }
  }

  /**
   * Of a backup that Railway took of a volume: nobody has looked into it, so it says neither what
   * the database named nor that it can be restored.
   *
   * @param service on which the volume is mounted
   */
  static Receipt ofVolume(
      String project, String environment, String service, String volumeId, VolumeBackup backup) {
    return new Receipt(
        backup.name(),
        project,
        environment,
        "the volume of " + service,
        null,
        backup.usedMb() == null ? 0 : backup.usedMb() * 1_000_000L,
        null,
        backup.createdAt(),
        null,
        "railway:volume/" + volumeId + "/backup/" + backup.id(),
        Map.of(METHOD, BY_VOLUME),
        null);
  }

  /** Whether it is Railway's, of a whole volume. */
  public boolean ofVolume() {
    return BY_VOLUME.equals(tools.get(METHOD));
  }

  /**
   * The same, of a database that a restore in place replaces: where nobody has proved it, it may be
   * all that is left of that.
   */
  public Receipt asOnlyCopy() {
    Map<String, String> known = new HashMap<>(tools);
    known.put(METHOD, ONLY_COPY);
    return new Receipt(
        id,
        project,
        environment,
        database,
        schema,
        bytes,
        sha256,
        takenAt,
        took,
        where,
        known,
        verified);
  }

  /** Whether a database was replaced that nothing else holds. */
  public boolean onlyCopy() {
    return ONLY_COPY.equals(tools.get(METHOD));
  }

  /** The same backup once it was proved; null takes the proof away. */
  public Receipt verifiedBy(Verified proof) {
    return new Receipt(
        id,
        project,
        environment,
        database,
        schema,
        bytes,
        sha256,
        takenAt,
        took,
        where,
        tools,
        proof);
  }

  /** Whether something may rely on it. */
  public boolean good() {
    return verified != null;
  }
}
