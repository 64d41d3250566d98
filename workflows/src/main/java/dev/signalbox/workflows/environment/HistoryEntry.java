package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Instant;

/**
 * One finished run: under 400 bytes, chained by the hash of the one before.
 *
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
    String hash) {}
