package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Instant;

/**
 * One finished run: under 400 bytes, chained by the hash of the one before.
 *
 * @param schema what it did to the database; null = nothing
 * @param previous hash of the entry before; null for the first
 */
public record HistoryEntry(
    String id,
    String revision,
    Result result,
    String requester,
    String detail,
    Instant at,
    String previous,
    String hash,
    @JsonInclude(JsonInclude.Include.NON_NULL) SchemaNote schema) {
  /** One of a run that left the database alone. */
  public HistoryEntry(
      String id,
      String revision,
      Result result,
      String requester,
      String detail,
      Instant at,
      String previous,
      String hash) {
    this(id, revision, result, requester, detail, at, previous, hash, null);
  }
}
