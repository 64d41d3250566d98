package dev.signalbox.workflows.plan;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.deploy.Foreign;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.migration.PendingRevision;
import dev.signalbox.workflows.migration.SchemaChange;
import dev.signalbox.workflows.plan.PlanReport.ForeignDeployments;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.plan.ServiceWayBack.Kept;
import dev.signalbox.workflows.plan.ServiceWayBack.Means;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import dev.signalbox.workflows.railway.RecentDeployments;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
  private EnvironmentState environment;
  private boolean away;

  WayBack(String project, Pipeline pipeline) {
    this.project = project;
    this.pipeline = pipeline;
    this.railway =
        Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(new TaskQueues(project).railway(), "kept images", READ_WITHIN));
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
    return ledger.former().unreadable().map(why -> RollbackOutlook.of("forwardOnly", why));
  }

  RollbackOutlook outlook(LedgerStatus ledger) {
    return onRecord(ledger).orElseGet(() -> asked(ledger.former()));
  }

  /** By deployment, as far as Railway lists it: whether its image is there. */
  Map<String, Boolean> images() {
    return images;
  }

  /**
   * What somebody else deployed in the place of what is on record; null = Railway was not read. To
   * be asked after the outlook, whose look it shares.
   */
  ForeignDeployments foreign(LedgerStatus ledger) {
    if (ledger == null || ledger.live() == null) {
      return new ForeignDeployments(List.of());
    }
    try {
      return away
          ? null
          : new ForeignDeployments(Foreign.of(ledger.live(), pipeline, environment()));
    } catch (ActivityFailure silence) {
      return null;
    }
  }

  private EnvironmentState environment() {
    if (environment == null) {
      environment = railway.readEnvironment(EnvironmentQuery.of(pipeline));
    }
    return environment;
  }

  private RollbackOutlook asked(LiveSet former) {
    Map<String, Kept> kept;
    try {
      kept = kept();
      images = images(kept);
    } catch (ActivityFailure silence) {
      away = environment == null;
      return RollbackOutlook.of("unknown", refusal(silence).orElse("Railway was not read"));
    }
    List<String> gone =
        environment.missing(pipeline.services().stream().map(ServicePolicy::railway).toList());
    if (!gone.isEmpty()) {
      return RollbackOutlook.of("unknown", String.join("; ", gone));
    }
    return judged(pipeline, former.deployments(), kept, ShortCommit.of(former.revision()));
  }

  /**
   * How a promotion that fails would come back to what runs now, by what a look has seen.
   *
   * @param schema what it changes about the schema; null = nothing
   */
  public static RollbackOutlook toWhatRuns(
      Pipeline pipeline, EnvironmentState environment, SchemaChange schema) {
    RollbackOutlook byImages = toWhatRuns(pipeline, environment);
    return schema == null
        ? byImages
        : schema.before().stream()
            .filter(PendingRevision::breaksFormerCode)
            .findFirst()
            .map(
                contract ->
                    RollbackOutlook.of(
                        "forwardOnly",
                        "once "
                            + contract.revision()
                            + " has run, what runs now may not be able to read the schema; before"
                            + " that: "
                            + byImages.verdict()
                            + ", "
                            + byImages.detail()))
            .orElse(byImages);
  }

  private static RollbackOutlook toWhatRuns(Pipeline pipeline, EnvironmentState environment) {
    List<ServiceDeployment> running =
        pipeline.services().stream()
            .map(service -> environment.service(service.railway()).map(ServiceState::active))
            .flatMap(Optional::stream)
            .toList();
    if (running.isEmpty()) {
      return RollbackOutlook.of("forwardOnly", "first release: there is no last good set");
    }
    Map<String, Kept> kept = new HashMap<>();
    environment.services().stream()
        .filter(state -> state.active() != null)
        .forEach(
            state ->
                kept.put(
                    state.active().id(),
                    Kept.serving(state.active().canRollback(), state.activeTagged())));
    return judged(pipeline, running, kept, "what runs now");
  }

  /** Railway's own answer where it gave one: what is gone, or that the token is no good. */
  private static Optional<String> refusal(ActivityFailure failure) {
    if (!(failure.getCause() instanceof ApplicationFailure known)) {
      return Optional.empty();
    }
    FailureType type = FailureType.of(known.getType());
    return type != null && type.forGood()
        ? Optional.of(known.getOriginalMessage())
        : Optional.empty();
  }

  private static Map<String, Boolean> images(Map<String, Kept> kept) {
    Map<String, Boolean> images = new HashMap<>();
    kept.forEach(
        (id, one) -> {
          Boolean there = ServiceWayBack.image(one);
          if (there != null) {
            images.put(id, there);
          }
        });
    return images;
  }

  private static RollbackOutlook judged(
      Pipeline pipeline, List<ServiceDeployment> set, Map<String, Kept> kept, String to) {
    boolean mayRebuild = pipeline.environment().mayRebuild();
    List<ServiceWayBack> ways =
        set.stream().map(one -> ServiceWayBack.of(one, kept.get(one.id()), mayRebuild)).toList();
    String verdict = verdict(ways);
    return verdict.equals("instant")
        ? new RollbackOutlook(
            verdict,
            "Railway keeps every image of " + to,
            ways.stream()
                .map(ServiceWayBack::until)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null))
        : RollbackOutlook.of(
            verdict,
            "to "
                + to
                + ": "
                + ways.stream().map(ServiceWayBack::words).collect(Collectors.joining("; ")));
  }

  /** The whole set comes back, so that its worst service decides. */
  private static String verdict(List<ServiceWayBack> ways) {
    Set<Means> means = ways.stream().map(ServiceWayBack::means).collect(Collectors.toSet());
    if (means.contains(Means.NONE)) {
      return "forwardOnly";
    }
    if (means.contains(Means.UNKNOWN)) {
      return "unknown";
    }
    if (means.contains(Means.REBUILD) || means.contains(Means.REBUILD_IF_ALLOWED)) {
      return "rebuildOnly";
    }
    if (!means.contains(Means.PREVIOUS_TAG)) {
      return "instant";
    }
    // Nothing is promised of an image that Railway does not speak for.
    return ways.stream().anyMatch(way -> way.means() == Means.PREVIOUS_TAG && !way.commit())
        ? "unknown"
        : "rebuildOnly";
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private Map<String, Kept> kept() {
    Map<String, Kept> kept = new HashMap<>();
    for (ServiceState service : environment().services()) {
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
                  kept.put(
                      one.id(),
                      Kept.at(
                          now(),
                          one.canRollback(),
                          one.hasImage(),
                          until(one, recent.retention()))));
      if (service.active() != null) {
        kept.put(service.active().id(), Kept.serving(true, true));
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
