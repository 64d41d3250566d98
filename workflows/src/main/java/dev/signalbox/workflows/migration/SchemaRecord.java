package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a run did to the database's schema.
 *
 * @param from where it stood before, sorted
 * @param at where it stands now, sorted; empty where it is {@code lost}
 * @param lost whether nobody knows where it stands
 * @param ran revisions that are recorded since, in order
 * @param contract the first of those that the former code may not bear; null = it bears them all
 * @param receipt id of the backup that was taken before; null = none was
 * @param restored id of the backup that the database was brought back to; null = it was migrated
 * @param undone revisions that were taken back, the newest first; empty = it ran some
 */
public record SchemaRecord(
    List<String> from,
    List<String> at,
    boolean lost,
    List<String> ran,
    String contract,
    String receipt,
    @JsonInclude(JsonInclude.Include.NON_NULL) String restored,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> undone) {
  public SchemaRecord {
    from = from == null ? List.of() : List.copyOf(from);
    at = at == null ? List.of() : List.copyOf(at);
    ran = ran == null ? List.of() : List.copyOf(ran);
    undone = undone == null ? List.of() : List.copyOf(undone);
  }

  /** Of a migration. */
  public SchemaRecord(
      List<String> from,
      List<String> at,
      boolean lost,
      List<String> ran,
      String contract,
      String receipt) {
    this(from, at, lost, ran, contract, receipt, null, null);
  }

  /** Of a restore. */
  public static SchemaRecord broughtBack(
      List<String> from, List<String> at, String receipt, String backup) {
    return new SchemaRecord(from, at, false, null, null, receipt, backup, null);
  }

  /** Where it stands now, in words. */
  public String standing() {
    return lost ? "nobody knows where" : SchemaPath.names(at);
  }
}
