package dev.signalbox.workflows.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.approval.ProvenWords;
import dev.signalbox.workflows.release.Digest;
import java.time.Instant;
import java.util.Locale;

/**
 * What a person orders of an incident. Like every decision it is taken once for its id, and counts
 * where its door is trusted or proves who sent it.
 *
 * @param door by which it came; null = the Temporal UI
 * @param proof HMAC of the door's key over this order without it; null = none
 * @param until of a mute: when it ends by itself; null = with the incident
 */
public record IncidentOrder(
    String decisionId,
    Kind kind,
    String person,
    String reason,
    String door,
    String proof,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant until) {
  private static final String DEFAULT_DOOR = "temporal-ui";

  public IncidentOrder {
    door = door == null ? DEFAULT_DOOR : door;
  }

  /** The same with the proof of a door that knows its sender. */
  public IncidentOrder provenBy(String hmac) {
    return new IncidentOrder(decisionId, kind, person, reason, door, hmac, until);
  }

  /** What its proof covers: all of it, and the incident that it is sent to. */
  public ProvenWords words(String incidentId) {
    return new ProvenWords(
        1,
        incidentId,
        decisionId,
        kind.word(),
        kind.word(),
        Digest.of(provenBy(null)),
        person,
        door,
        reason);
  }

  /** What is ordered. */
  public enum Kind {
    /** Somebody is at it. */
    @JsonProperty("ack")
    ACK,
    /** The issue is not changed until the end. */
    @JsonProperty("mute")
    MUTE,
    /** It is over, or is none: the issue is closed, and no new one is opened before all is well. */
    @JsonProperty("close")
    CLOSE;

    /** As it is typed. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
