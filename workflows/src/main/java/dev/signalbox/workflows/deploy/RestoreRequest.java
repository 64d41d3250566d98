package dev.signalbox.workflows.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.List;

/**
 * What the ledger hands to a restore when it starts it.
 *
 * @param backup id of its receipt
 * @param present what the ledger recorded as running now; null = no record
 * @param target the set whose services are started afterwards; null = those that were stopped
 * @param known sets that were live, newest first: one of them may bear the backup's schema
 * @param inPlace whether no second database is made: what is there is gone then, but for its backup
 */
public record RestoreRequest(
    String project,
    String environment,
    String backup,
    @JsonInclude(JsonInclude.Include.NON_NULL) LiveSet present,
    @JsonInclude(JsonInclude.Include.NON_NULL) LiveSet target,
    List<LiveSet> known,
    String requester,
    String reason,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean inPlace) {
  public RestoreRequest {
    known = known == null ? List.of() : List.copyOf(known);
  }

  /** The set that shall run on the restored database; null = whatever was stopped. */
  LiveSet code() {
    return target == null ? present : target;
  }

  /**
   * What is to serve afterwards.
   *
   * @param serving what does now
   */
  List<ServiceDeployment> starting(List<ServiceDeployment> serving) {
    return target == null ? serving : target.deployments();
  }

  /** The commit that shall run then; null = none is on record. */
  public String revision() {
    return code() == null ? null : code().revision();
  }
}
