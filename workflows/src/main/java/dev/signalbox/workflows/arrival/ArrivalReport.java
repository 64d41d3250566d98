package dev.signalbox.workflows.arrival;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was seen last.
 *
 * @param revision the commit, 40 hex
 * @param detail one sentence: the proof, what failed, or what is still missing
 * @param urls base address by service, in dependency order
 */
public record ArrivalReport(String revision, State state, String detail, Map<String, String> urls) {
  public ArrivalReport {
    urls = urls == null ? Map.of() : new LinkedHashMap<>(urls);
  }

  /** Whether the commit has arrived. */
  public enum State {
    @JsonProperty("arrived")
    ARRIVED,
    @JsonProperty("notYet")
    NOT_YET,
    @JsonProperty("failed")
    FAILED
  }
}
