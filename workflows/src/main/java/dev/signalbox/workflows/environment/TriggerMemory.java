package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the ledger remembers of triggers.
 *
 * @param notes what became of the newest, oldest first
 * @param seen by branch, {@code refs/heads/main}: the commit that the newest trigger found there
 * @param opens when the next window does; null = none is known to
 * @param swept branches of which a sweep alone has told what is seen there: a delivery that tells
 *     of the same commit is news all the same
 */
public record TriggerMemory(
    List<TriggerNote> notes,
    Map<String, String> seen,
    Instant opens,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> swept) {
  public static final TriggerMemory NONE = new TriggerMemory(null, null, null, null);

  public TriggerMemory {
    notes = notes == null ? List.of() : List.copyOf(notes);
    seen = seen == null ? Map.of() : Map.copyOf(seen);
    swept = swept == null ? List.of() : List.copyOf(swept);
  }
}
