package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.Deployment;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities.RecentDeployments;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.ServiceState;
import dev.signalbox.workflows.railway.RailwayActivities.Status;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

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
      return Optional.of(RollbackOutlook.of("unknown", "nothing is recorded as live"));
    }
    if (ledger.former() == null || ledger.former().deployments().isEmpty()) {
      return Optional.of(
          RollbackOutlook.of("forwardOnly", "no earlier set is on record to go back to"));
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
    Map<String, Kept> kept;
    try {
      kept = kept();
      images = new HashMap<>();
      kept.forEach((id, one) -> images.put(id, one.image()));
    } catch (ActivityFailure away) {
      return RollbackOutlook.of("unknown", "Railway was not read");
    }
    return judged(pipeline, former.deployments(), kept, ShortCommit.of(former.revision()));
  }

  /** How a promotion that fails would come back to what runs now, by what a look has seen. */
  static RollbackOutlook toWhatRuns(Pipeline pipeline, EnvironmentState environment) {
    List<ServiceDeployment> running =
        pipeline.services().stream()
            .map(service -> environment.service(service.railway()).map(ServiceState::active))
            .flatMap(Optional::stream)
            .toList();
    if (running.isEmpty()) {
      return RollbackOutlook.of("forwardOnly", "first release: there is no last good set");
    }
    Map<String, Kept> kept = new HashMap<>();
    running.forEach(one -> kept.put(one.id(), new Kept(one.canRollback(), null)));
    return judged(pipeline, running, kept, "what runs now");
  }

  private static RollbackOutlook judged(
      Pipeline pipeline, List<ServiceDeployment> set, Map<String, Kept> kept, String to) {
    List<ServiceDeployment> gone =
        set.stream()
            .filter(one -> !kept.containsKey(one.id()) || !kept.get(one.id()).image())
            .toList();
    return gone.isEmpty() ? instant(set, kept, to) : withoutImage(pipeline, gone, kept, to);
  }

  private static RollbackOutlook instant(
      List<ServiceDeployment> set, Map<String, Kept> kept, String to) {
    Instant until =
        set.stream()
            .map(one -> kept.get(one.id()).until())
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    return new RollbackOutlook("instant", "Railway keeps every image of " + to, until);
  }

  private static RollbackOutlook withoutImage(
      Pipeline pipeline, List<ServiceDeployment> gone, Map<String, Kept> kept, String to) {
    String services =
        gone.stream().map(ServiceDeployment::service).collect(Collectors.joining(", "));
    if (gone.stream().anyMatch(one -> one.revision() == null)) {
      return RollbackOutlook.of(
          "forwardOnly",
          "the image of " + services + " is gone, and no commit is known to build again");
    }
    if (!kept.keySet().containsAll(gone.stream().map(ServiceDeployment::id).toList())) {
      return RollbackOutlook.of("unknown", "Railway lists not every deployment of " + to);
    }
    return RollbackOutlook.of(
        "rebuildOnly",
        "the image of "
            + services
            + " of "
            + to
            + " is gone: "
            + (pipeline.environment().mayRebuild()
                ? "it would be built again, with today's variables"
                : "a person would be asked; with rebuild = true it would be built again"));
  }

  /**
   * One deployment.
   *
   * @param image whether it serves already, or could serve again without a build
   * @param until when Railway drops its image; null = not while it serves, or not known
   */
  private record Kept(boolean image, Instant until) {}

  private Map<String, Kept> kept() {
    EnvironmentState environment = railway.readEnvironment(EnvironmentQuery.of(pipeline));
    Map<String, Kept> kept = new HashMap<>();
    for (ServiceState service : environment.services()) {
      RecentDeployments recent =
          railway.recentDeployments(
              new RecentQuery(
                  project,
                  pipeline.home().project(),
                  environment.environmentId(),
                  service.serviceId(),
                  service.railway(),
                  pipeline.home().token()));
      recent
          .deployments()
          .forEach(
              one ->
                  kept.put(one.id(), new Kept(one.canRollback(), until(one, recent.retention()))));
      if (service.active() != null) {
        kept.put(service.active().id(), new Kept(true, null));
      }
    }
    return kept;
  }

  private static Instant until(Deployment deployment, Duration retention) {
    boolean replaced = deployment.status() == Status.REMOVED;
    return replaced && deployment.endedAt() != null && retention != null
        ? deployment.endedAt().plus(retention)
        : null;
  }
}
