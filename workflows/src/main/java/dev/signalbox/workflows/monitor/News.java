package dev.signalbox.workflows.monitor;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.signalbox.workflows.Packed;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a monitor tells of an outage that it sees, or of one that it saw.
 *
 * @param standings of everything that is looked at; what was heard before what is known already
 *     says nothing
 * @param stamps when each was heard, by check
 * @param after by service, those that it needs
 * @param platform what the platform says of itself; null = that it is well
 */
public record News(
    Instant at,
    @JsonSerialize(using = Packed.Writer.class) @JsonDeserialize(using = Packed.Reader.class)
        List<Standing> standings,
    Map<String, Stamp> stamps,
    Map<String, List<String>> after,
    String platform) {
  public News {
    standings = standings == null ? List.of() : List.copyOf(standings);
    stamps = stamps == null ? Map.of() : stamps;
    after = after == null ? Map.of() : after;
  }
}
