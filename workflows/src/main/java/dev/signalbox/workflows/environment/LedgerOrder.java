package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.approval.ProvenWords;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined.Mended;
import dev.signalbox.workflows.release.Digest;
import java.time.Instant;
import java.util.Locale;

/**
 * What a person orders of an environment. Like every decision it is taken once for its id, and
 * counts where its door is trusted or proves who sent it.
 *
 * @param door by which it came; null = the Temporal UI
 * @param proof HMAC of the door's key over this order without it; null = none
 * @param until of a freeze or a lock: when it ends by itself; null = it does not
 * @param untilMerged of a lock: it ends when a release of this person is merged
 * @param commit 7 to 40 hex, of a quarantine
 * @param mended 7 to 40 hex, of an unquarantine: the commit that mends it; null = it is let out
 * @param promotion id of the run that is to pass, of an override
 */
public record LedgerOrder(
    String decisionId,
    Kind kind,
    String person,
    String reason,
    String door,
    String proof,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant until,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean untilMerged,
    @JsonInclude(JsonInclude.Include.NON_NULL) String commit,
    @JsonInclude(JsonInclude.Include.NON_NULL) String promotion,
    @JsonInclude(JsonInclude.Include.NON_NULL) String mended) {
  private static final String DEFAULT_DOOR = "temporal-ui";

  public LedgerOrder {
    door = door == null ? DEFAULT_DOOR : door;
  }

  /** One that names no commit that mends another. */
  public LedgerOrder(
      String decisionId,
      Kind kind,
      String person,
      String reason,
      String door,
      String proof,
      Instant until,
      boolean untilMerged,
      String commit,
      String promotion) {
    this(
        decisionId, kind, person, reason, door, proof, until, untilMerged, commit, promotion, null);
  }

  /** One that says nothing but what and why. */
  public LedgerOrder(String decisionId, Kind kind, String person, String reason, String door) {
    this(decisionId, kind, person, reason, door, null, null, false, null, null);
  }

  /** The same with the proof of a door that knows its sender. */
  public LedgerOrder provenBy(String hmac) {
    return new LedgerOrder(
        decisionId,
        kind,
        person,
        reason,
        door,
        hmac,
        until,
        untilMerged,
        commit,
        promotion,
        mended);
  }

  /** What its proof covers: all of it, and the ledger that it is sent to. */
  public ProvenWords words(String ledgerId) {
    return new ProvenWords(
        1,
        ledgerId,
        decisionId,
        kind.word(),
        kind.word(),
        Digest.of(provenBy(null)),
        person,
        door,
        reason);
  }

  /**
   * The same with its commits in full.
   *
   * @param full the one that it is about
   * @param mends null = it is let out
   */
  LedgerOrder about(String full, String mends) {
    return new LedgerOrder(
        decisionId, kind, person, reason, door, proof, until, untilMerged, full, promotion, mends);
  }

  /** Whether GitHub must answer before it can be judged. */
  public boolean aboutGitHub() {
    return kind == Kind.QUARANTINE || mended != null;
  }

  /** What it says of the commit; by whom, as the file calls them. */
  Mended mending(String name) {
    return new Mended(mended, name, Ledger.clip(reason));
  }

  /** What is ordered. */
  public enum Kind {
    @JsonProperty("freeze")
    FREEZE,
    @JsonProperty("unfreeze")
    UNFREEZE,
    @JsonProperty("lock")
    LOCK,
    @JsonProperty("unlock")
    UNLOCK,
    @JsonProperty("hold")
    HOLD,
    @JsonProperty("unhold")
    UNHOLD,
    @JsonProperty("quarantine")
    QUARANTINE,
    @JsonProperty("unquarantine")
    UNQUARANTINE,
    /** One promotion passes a freeze. */
    @JsonProperty("override")
    OVERRIDE;

    /** As it is typed. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
