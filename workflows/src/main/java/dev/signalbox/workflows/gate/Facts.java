package dev.signalbox.workflows.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.github.ChecksReport;
import dev.signalbox.workflows.github.FileVersions.FileVersion;
import dev.signalbox.workflows.github.ReleaseFacts;
import dev.signalbox.workflows.github.ReleaseFacts.Revert;
import dev.signalbox.workflows.github.Reviews.ReviewsReport;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Instant;
import java.util.List;

/**
 * The world as it was read at one moment. What could not be read is null and named in {@code
 * unavailable}: unknown is no.
 *
 * @param base the revision that runs in the target; null = nothing runs, or Railway does not say of
 *     everything what it is
 * @param reviews null when the policy requires none
 * @param source the environment promoted from; null = there is none, or it or its ledger was not
 *     readable
 * @param sourceLive what the source's own ledger recorded; null = no record
 * @param standIns merge commits that the source's ledger recorded for the revision, oldest first:
 *     each stands for it
 * @param sourceHealth one sample of each service of the source
 * @param unavailable one sentence for each outside system that did not answer
 * @param versions what stands in the files that services take their version from
 * @param quarantined what of the release is in quarantine by the target's ledger, other than the
 *     revision itself
 * @param reverts what was taken back in the release, and since those
 * @param strayed the head of the source's branch, where that has gone another way than the
 *     revision; null = it has not, or nothing runs there but the revision
 * @param fingerprint changes when anything does that a gate judges by
 */
public record Facts(
    String base,
    ReleaseFacts release,
    ChecksReport checks,
    ReviewsReport reviews,
    EnvironmentState source,
    EnvironmentState target,
    LiveSet sourceLive,
    List<String> standIns,
    List<Sample> sourceHealth,
    List<Unavailable> unavailable,
    String fingerprint,
    Instant readAt,
    List<FileVersion> versions,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Quarantined> quarantined,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Revert> reverts,
    @JsonInclude(JsonInclude.Include.NON_NULL) String strayed) {

  public Facts {
    standIns = standIns == null ? List.of() : List.copyOf(standIns);
    sourceHealth = sourceHealth == null ? List.of() : List.copyOf(sourceHealth);
    versions = versions == null ? List.of() : List.copyOf(versions);
    quarantined = quarantined == null ? List.of() : List.copyOf(quarantined);
    reverts = reverts == null ? List.of() : List.copyOf(reverts);
    unavailable = unavailable == null ? List.of() : List.copyOf(unavailable);
  }

  /** A release of which nothing is in quarantine. */
  public Facts(
      String base,
      ReleaseFacts release,
      ChecksReport checks,
      ReviewsReport reviews,
      EnvironmentState source,
      EnvironmentState target,
      LiveSet sourceLive,
      List<String> standIns,
      List<Sample> sourceHealth,
      List<Unavailable> unavailable,
      String fingerprint,
      Instant readAt,
      List<FileVersion> versions) {
    this(
        base,
        release,
        checks,
        reviews,
        source,
        target,
        sourceLive,
        standIns,
        sourceHealth,
        unavailable,
        fingerprint,
        readAt,
        versions,
        null,
        null,
        null);
  }

  /** What the ledger of an environment is called among what did not answer. */
  public static String ledgerOf(String environment) {
    return "Temporal: the ledger of " + environment;
  }

  /** Whether the target is known to run nothing: a first release. */
  public boolean nothingRuns() {
    return base == null
        && target != null
        && target.services().stream().allMatch(service -> service.active() == null);
  }

  /** Services of the target that run something of which Railway names no commit: an upload. */
  public List<String> unnamed() {
    return target == null
        ? List.of()
        : target.services().stream()
            .filter(service -> service.active() != null && service.active().revision() == null)
            .map(ServiceState::railway)
            .toList();
  }

  /**
   * Whether the source's ledger has this deployment in its set of the revision: one that was left
   * as it was, because nothing of it had changed, is of an older commit.
   */
  public boolean verifiedInSource(String service, ServiceDeployment active, String revision) {
    return sourceLive != null
        && sourceLive.whole()
        && revision.equals(sourceLive.revision())
        && sourceLive.has(service, active);
  }

  /**
   * An outside system that did not answer, or refused.
   *
   * @param permanent waiting does not help: a wrong token, a project that does not exist
   */
  public record Unavailable(String system, String sentence, boolean permanent) {}
}
