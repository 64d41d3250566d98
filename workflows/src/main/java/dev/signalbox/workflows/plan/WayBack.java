package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a rollback by hand could put the former set back at this moment: the ledger says which
 * set that is, Railway which of its images it keeps.
 */
public final class WayBack {
  /** {@code status} waits for it, and has five seconds for all it asks. */
  private static final Duration READ_WITHIN = Duration.ofSeconds(3);

  private final String project;
  private final Pipeline pipeline;
  private final RailwayActivities railway;
  private Map<String, Boolean> images = Map.of();

  WayBack(String project, Pipeline pipeline) {
    this.project = project;
    this.pipeline = pipeline;
    this.railway =
        Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityOptions.newBuilder(
                    ActivityProfiles.quick(new TaskQueues(project).railway(), "kept images"))
                .setScheduleToCloseTimeout(READ_WITHIN)
                .build());
  }

  /** What the record alone decides; empty when Railway must be asked. */
  public static Optional<RollbackOutlook> onRecord(LedgerStatus ledger) {
    if (ledger == null || (ledger.live() == null && ledger.mixed() == null)) {
      return Optional.of(new RollbackOutlook("unknown", "nothing is recorded as live"));
    }
    if (ledger.former() == null || ledger.former().deployments().isEmpty()) {
      return Optional.of(
          new RollbackOutlook("forwardOnly", "no earlier set is on record to go back to"));
    }
    return Optional.empty();
  }

  RollbackOutlook outlook(LedgerStatus ledger) {
    return onRecord(ledger).orElseGet(() -> asked(ledger.former()));
  }

  /** By deployment, as far as Railway lists it: whether its image is there. */
  Map<String, Boolean> images() {
    return images;
  }

  private RollbackOutlook asked(LiveSet former) {
    Map<String, Boolean> kept;
    try {
      kept = kept();
      images = kept;
    } catch (ActivityFailure away) {
      return new RollbackOutlook("unknown", "Railway was not read");
    }
    List<String> wanted = former.deployments().stream().map(ServiceDeployment::id).toList();
    String to = former.revision().substring(0, Math.min(7, former.revision().length()));
    if (!kept.keySet().containsAll(wanted)) {
      return new RollbackOutlook("unknown", "Railway lists not every deployment of " + to);
    }
    return wanted.stream().allMatch(kept::get)
        ? new RollbackOutlook("instant", "Railway keeps every image of " + to)
        : new RollbackOutlook("rebuildOnly", "an image of " + to + " is gone");
  }

  /** By id of a deployment: whether it serves already, or could serve again without a build. */
  private Map<String, Boolean> kept() {
    EnvironmentState environment =
        railway.readEnvironment(
            new EnvironmentQuery(
                project,
                pipeline.home().project(),
                pipeline.environment().name(),
                pipeline.services().stream().map(ServicePolicy::railway).toList(),
                pipeline.home().token()));
    Map<String, Boolean> kept = new HashMap<>();
    for (ServiceState service : environment.services()) {
      railway
          .recentDeployments(
              new RecentQuery(
                  project,
                  pipeline.home().project(),
                  environment.environmentId(),
                  service.serviceId(),
                  service.railway(),
                  pipeline.home().token()))
          .deployments()
          .forEach(deployment -> kept.put(deployment.id(), deployment.canRollback()));
      if (service.active() != null) {
        kept.put(service.active().id(), true);
      }
    }
    return kept;
  }
}
