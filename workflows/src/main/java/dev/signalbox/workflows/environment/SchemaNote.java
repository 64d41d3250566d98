package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.migration.SchemaRecord;
import java.util.List;

/**
 * What a run did to the schema, in the few bytes that the history has for it.
 *
 * @param at where the database stands since, sorted; empty = that was not known
 * @param ran how many revisions; none = it was brought back to a backup, or some were taken back
 * @param undone how many were taken back; 0 = none
 * @param contract the first that the former code may not bear; null = it bears them all
 * @param backup id of the one that was taken before that ran; null = none was, or all are borne
 */
public record SchemaNote(
    List<String> at,
    int ran,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int undone,
    @JsonInclude(JsonInclude.Include.NON_NULL) String contract,
    @JsonInclude(JsonInclude.Include.NON_NULL) String backup) {
  public SchemaNote {
    at = at == null ? List.of() : List.copyOf(at);
  }

  /** Of a run of revisions. */
  public SchemaNote(List<String> at, int ran, String contract) {
    this(at, ran, 0, contract, null);
  }

  /** Null where nothing was changed. */
  static SchemaNote of(SchemaRecord record) {
    return record == null
            || (record.ran().isEmpty()
                && record.undone().isEmpty()
                && record.restored() == null
                && !record.lost())
        ? null
        : new SchemaNote(
            record.at(),
            record.ran().size(),
            record.undone().size(),
            record.contract(),
            record.contract() == null ? null : record.receipt());
  }
}
