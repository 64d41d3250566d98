package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.backup.RestoreActivities.RestorePlan;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.List;

/**
 * A restore as it was approved, looked at once more with the lease.
 *
 * @param runId the run whose part it is
 * @param firstRunId first run id of that
 * @param before the environment as it was read with the lease
 * @param digest what was approved
 * @param lease number of the lease that it runs under
 */
public record RestoreOrder(
    RestoreRequest request,
    String runId,
    String firstRunId,
    Pipeline pipeline,
    RestorePlan plan,
    EnvironmentState before,
    String digest,
    long lease) {

  /** What serves now, in the order of the policy. */
  List<ServiceDeployment> serving() {
    return LastGoodSet.of(pipeline, before);
  }

  /** What is to serve afterwards. */
  List<ServiceDeployment> starting() {
    return request.starting(serving());
  }
}
