package dev.signalbox.workflows.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.approval.ProvenWords;
import dev.signalbox.workflows.release.Digest;
import java.util.Locale;

/**
 * What a person or a trigger asks of an environment.
 *
 * @param revision for a promotion: 7 to 40 hex, null = the head of the source branch; for a
 *     migration: the commit, null = the one that is live
 * @param deployment for a rollback: Railway's id of one deployment of the set to go back to; null =
 *     the set before the present one
 * @param service only this one; null = every service
 * @param backup for a restore: id of the backup to go back to; {@code deployment} names the set
 *     that is to run on it then, null = what runs
 * @param schema for a downgrade: the schema revision to go down to
 * @param inPlace for a restore: no second database is made
 * @param emergency whether what the policy lists is skipped; of a promotion only
 * @param door by which it came; null = the command line
 * @param proof HMAC of the door's key over this request without it; null = none
 * @param automatic whether nobody asks: a push or a tag does. Not while the environment is on hold
 */
public record LedgerRequest(
    String requestId,
    Kind kind,
    String revision,
    String deployment,
    String requester,
    String reason,
    String service,
    @JsonInclude(JsonInclude.Include.NON_NULL) String backup,
    @JsonInclude(JsonInclude.Include.NON_NULL) String schema,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean inPlace,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean automatic,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean emergency,
    @JsonInclude(JsonInclude.Include.NON_NULL) String door,
    @JsonInclude(JsonInclude.Include.NON_NULL) String proof) {

  /** The same promotion, as an emergency. */
  public LedgerRequest asEmergency() {
    return with(requestId, true, door, proof);
  }

  /**
   * The same, by a door that knows its sender.
   *
   * @param id the same when the same words come again
   */
  public LedgerRequest by(String sendingDoor, String id) {
    return with(id, emergency, sendingDoor, null);
  }

  /** The same with the proof of its door. */
  public LedgerRequest provenBy(String hmac) {
    return with(requestId, emergency, door, hmac);
  }

  private LedgerRequest with(String id, boolean urgent, String by, String hmac) {
    return new LedgerRequest(
        id,
        kind,
        revision,
        deployment,
        requester,
        reason,
        service,
        backup,
        schema,
        inPlace,
        automatic,
        urgent,
        by,
        hmac);
  }

  /** What its proof covers: all of it, and the ledger that it is sent to. */
  public ProvenWords words(String ledgerId) {
    return new ProvenWords(
        1,
        ledgerId,
        requestId,
        kind.word(),
        kind.word(),
        Digest.of(provenBy(null)),
        requester,
        door,
        reason);
  }

  /** A request of a person. */
  public LedgerRequest(
      String requestId,
      Kind kind,
      String revision,
      String deployment,
      String requester,
      String reason,
      String service,
      String backup,
      String schema,
      boolean inPlace) {
    this(
        requestId,
        kind,
        revision,
        deployment,
        requester,
        reason,
        service,
        backup,
        schema,
        inPlace,
        false,
        false,
        null,
        null);
  }

  /** A request that concerns no backup. */
  public LedgerRequest(
      String requestId,
      Kind kind,
      String revision,
      String deployment,
      String requester,
      String reason,
      String service) {
    this(requestId, kind, revision, deployment, requester, reason, service, null, null, false);
  }

  /** A request that concerns every service. */
  public LedgerRequest(
      String requestId,
      Kind kind,
      String revision,
      String deployment,
      String requester,
      String reason) {
    this(requestId, kind, revision, deployment, requester, reason, null);
  }

  /** What is asked for. */
  public enum Kind {
    @JsonProperty("promote")
    PROMOTE,
    @JsonProperty("rollback")
    ROLLBACK,
    /** Builds what is live again. */
    @JsonProperty("redeploy")
    REDEPLOY,
    /** Starts the containers of what is live again. */
    @JsonProperty("restart")
    RESTART,
    /** Runs a commit's migrations and deploys nothing. */
    @JsonProperty("migrate")
    MIGRATE,
    /** Brings the database back to a backup. */
    @JsonProperty("restore")
    RESTORE,
    /** Takes revisions of the schema back. */
    @JsonProperty("downgrade")
    DOWNGRADE;

    /** As it is typed. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
