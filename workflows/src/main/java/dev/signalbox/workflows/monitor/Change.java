package dev.signalbox.workflows.monitor;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.signalbox.workflows.Packed;
import java.time.Instant;
import java.util.List;

/**
 * That something stands otherwise than it was last said to.
 *
 * @param watch number of the watch that saw it, from its order
 * @param sequence from 1 on within one watch, over all its attempts: a lower one that comes later
 *     is old news
 * @param standings those that changed
 */
public record Change(
    int watch,
    long sequence,
    Instant at,
    @JsonSerialize(using = Packed.Writer.class) @JsonDeserialize(using = Packed.Reader.class)
        List<Standing> standings) {
  public Change {
    standings = standings == null ? List.of() : List.copyOf(standings);
  }
}
