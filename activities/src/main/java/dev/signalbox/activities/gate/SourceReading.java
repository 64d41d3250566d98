package dev.signalbox.activities.gate;

import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.BranchQuery;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.List;

/** What is to run in the environment promoted from, and whether it may still come there. */
final class SourceReading {
  private final FactsQuery query;
  private final LedgerRecord record;

  /**
   * @param record what the source's ledger has about the promoted revision
   */
  SourceReading(FactsQuery query, LedgerRecord record) {
    this.query = query;
    this.record = record;
  }

  /** What was left as it was in the source shows an older commit, and is verified as that. */
  String wanted(ServicePolicy service, EnvironmentState source) {
    LiveSet running = record.running();
    return source
        .service(service.railway())
        .map(ServiceState::active)
        .filter(active -> active.revision() != null)
        .filter(active -> running != null && running.whole())
        .filter(active -> query.revision().equals(running.revision()))
        .filter(active -> running.has(service.name(), active))
        .map(ServiceDeployment::revision)
        .orElse(query.revision());
  }

  /** Null = nothing stands for the revision there. */
  String newestStandIn() {
    List<String> standIns = record.standIns(query.revision());
    return standIns.isEmpty() ? null : standIns.get(standIns.size() - 1);
  }

  /**
   * Whether something runs there that is not the revision, in an environment that people push to:
   * in a chain commits come to the others by merges, so their branches differ until then.
   */
  boolean runsOther(EnvironmentState source) {
    List<String> standIns = record.standIns(query.revision());
    Pipeline pipeline = query.pipeline();
    return pipeline.source().from() == null
        && pipeline.services().stream()
            .anyMatch(
                service ->
                    source
                        .service(service.railway())
                        .map(ServiceState::active)
                        .map(ServiceDeployment::revision)
                        .filter(running -> !running.equals(wanted(service, source)))
                        .filter(running -> !standIns.contains(running))
                        .isPresent());
  }

  /** As {@link GitHubActivities#readStray}, of the branch that people push to. */
  String strayed(GitHubActivities github) {
    return github.readStray(
        new BranchQuery(
            query.project(),
            query.pipeline().project().github(),
            query.pipeline().sourceBranch(),
            query.revision()));
  }
}
