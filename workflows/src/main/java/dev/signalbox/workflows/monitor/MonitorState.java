package dev.signalbox.workflows.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.signalbox.workflows.Packed;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How an environment stands: what one run of the monitor hands on to the next.
 *
 * @param round when the last full round ended; null = there was none
 * @param network whether our own network was there
 * @param rounds how many full rounds there were since monitoring began
 * @param looks how many looks were taken since
 * @param trouble why there was no round this time, or why it saw less than it should; null = all is
 *     as it should be
 * @param addresses of the services, as Railway named them last: it may be away when they are needed
 * @param incident whether an outage was told whose incident still went on
 * @param held why an outage that is seen is told to nobody for now; null = nothing is held back
 * @param doings what the ledger said last; null = nothing yet
 */
public record MonitorState(
    Instant round,
    @JsonSerialize(using = Packed.Writer.class) @JsonDeserialize(using = Packed.Reader.class)
        List<Standing> standings,
    boolean network,
    long rounds,
    long looks,
    String trouble,
    Map<String, String> addresses,
    boolean incident,
    @JsonInclude(JsonInclude.Include.NON_NULL) String held,
    @JsonInclude(JsonInclude.Include.NON_NULL) Doings doings) {
  public MonitorState {
    standings = standings == null ? List.of() : List.copyOf(standings);
    addresses = addresses == null ? Map.of() : addresses;
  }

  public static MonitorState none() {
    return new MonitorState(null, List.of(), true, 0, 0, null, null, false, null, null);
  }

  /** The same while the platform has an incident: whether a service is down, nobody can tell. */
  MonitorState amid(String platform) {
    return new MonitorState(
        round,
        standings.stream().map(one -> one.amid(platform)).toList(),
        network,
        rounds,
        looks,
        trouble,
        addresses,
        incident,
        held,
        doings);
  }

  /** Whether a service is down. */
  public boolean outage() {
    return standings.stream().anyMatch(one -> one.service() != null && one.state() == State.DOWN);
  }
}
