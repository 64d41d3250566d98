package dev.signalbox.workflows.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What a database was before a restore, beside it on the same server.
 *
 * @param at moment of the restore
 * @param bytes that it takes
 * @param saved id of the backup that the restore took of it before; null = none is on record
 */
public record KeptDatabase(
    String name, Instant at, long bytes, @JsonInclude(JsonInclude.Include.NON_NULL) String saved) {}
