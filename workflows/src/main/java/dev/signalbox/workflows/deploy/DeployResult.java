package dev.signalbox.workflows.deploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.health.Proof;
import dev.signalbox.workflows.migration.SchemaRecord;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.railway.DeploymentFailure;
import dev.signalbox.workflows.release.Step;
import dev.signalbox.workflows.release.Timeline;
import java.util.List;

/**
 * How a deploy or a rollback ended.
 *
 * @param promotionRunId first run id of the promotion it was made for; null = none
 * @param revision what was to be deployed
 * @param detail one sentence: why
 * @param former the set that served before anything was touched; null = nothing did, or it is not
 *     known of every service
 * @param live what runs now, when it was changed; null when nothing was, or when mixed
 * @param mixed whether something was changed and what runs now could not be established
 * @param quarantine whether the revision proved bad here
 * @param evidence the decisive samples and readings, one line each
 * @param failures why deployments failed: steps and logs, one entry for each that did
 * @param addresses what people open, one per service that has one
 * @param proof what was seen of the services; null = none was asked
 * @param pushed what the deploy itself brought the target branch to; null = nothing
 * @param schema what it did to the database; null = nothing
 */
public record DeployResult(
    String promotionRunId,
    String revision,
    Result result,
    String detail,
    LiveSet former,
    LiveSet live,
    boolean mixed,
    boolean quarantine,
    List<String> evidence,
    List<DeploymentFailure> failures,
    List<Step> steps,
    List<String> addresses,
    Proof proof,
    String pushed,
    @JsonInclude(JsonInclude.Include.NON_NULL) SchemaRecord schema) {
  public DeployResult {
    evidence = evidence == null ? List.of() : List.copyOf(evidence);
    failures = failures == null ? List.of() : List.copyOf(failures);
    steps = steps == null ? List.of() : List.copyOf(steps);
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
  }

  /** One that left no trace: neither at Railway nor anywhere else. */
  public DeployResult(String promotionRunId, String revision, Result result, String detail) {
    this(
        promotionRunId,
        revision,
        result,
        detail,
        null,
        null,
        false,
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * Of a run that belongs to no promotion.
   *
   * @param revision null = none is known
   * @param former what was live before, as the ledger knew it
   */
  public static DeployResult alone(
      String revision,
      Result result,
      String detail,
      LiveSet former,
      LiveSet live,
      boolean mixed,
      Timeline timeline) {
    return new DeployResult(
        null,
        revision,
        result,
        detail,
        former,
        live,
        mixed,
        false,
        List.of(),
        List.of(),
        timeline.steps(),
        List.of(),
        new Proof(List.of(), timeline.watched()),
        null,
        null);
  }

  /** The same as a run tells it that had it done: with its own steps before it. */
  public DeployResult with(Timeline timeline) {
    return new DeployResult(
        promotionRunId,
        revision,
        result,
        detail,
        former,
        live,
        mixed,
        quarantine,
        evidence,
        failures,
        timeline.steps(),
        addresses,
        proof,
        pushed,
        schema);
  }

  /** Whether another revision than the one to be deployed was put back, wholly. */
  public boolean wentBack() {
    return live != null && (!live.revision().equals(revision) || result == Result.ROLLED_BACK);
  }
}
