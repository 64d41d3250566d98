package dev.signalbox.workflows.migration;

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
 */
public record SchemaRecord(
    List<String> from,
    List<String> at,
    boolean lost,
    List<String> ran,
    String contract,
    String receipt) {
  public SchemaRecord {
    from = from == null ? List.of() : List.copyOf(from);
    at = at == null ? List.of() : List.copyOf(at);
    ran = ran == null ? List.of() : List.copyOf(ran);
  }

  /** Where it stands now, in words. */
  public String standing() {
    return lost ? "nobody knows where" : SchemaPath.names(at);
  }
}
