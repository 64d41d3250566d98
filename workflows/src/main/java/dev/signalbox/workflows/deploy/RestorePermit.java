package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.backup.RestoreActivities;
import dev.signalbox.workflows.backup.RestoreActivities.DatabaseStanding;
import dev.signalbox.workflows.backup.RestoreActivities.RestorePlan;
import dev.signalbox.workflows.backup.RestoreActivities.RestoreQuery;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a restore would mean, whether people want that, and whether it still means that once nobody
 * else may touch the environment. Nothing is changed by it.
 */
public final class RestorePermit {
  private static final Duration READ_WITHIN = Duration.ofMinutes(10);
  private static final int ATTEMPTS = 8;

  private final RestoreRequest request;
  private final Asks asks;
  private final Timeline timeline;
  private Pipeline pipeline;
  private EnvironmentState before;
  private RestorePlan plan;
  private List<ServiceDeployment> serving = List.of();
  private String digest;

  public RestorePermit(RestoreRequest request, Asks asks, Timeline timeline) {
    this.request = request;
    this.asks = asks;
    this.timeline = timeline;
  }

  /** Reads, restores the backup into a copy, and says what that showed. */
  public void look() {
    timeline.begin("plan");
    pipeline = policy();
    asks.judgeBy(pipeline, request.requester());
    before = environment();
    serving = LastGoodSet.of(pipeline, before);
    plan =
        restores("what would a restore mean?")
            .plan(
                new RestoreQuery(
                    DatabaseReference.of(pipeline),
                    Workflow.getInfo().getFirstExecutionRunId(),
                    request.backup(),
                    request.inPlace()));
    digest =
        Digest.of(
            new Covered(
                1,
                request.inPlace() ? "restore in place" : "restore",
                request.project(),
                request.environment(),
                request.backup(),
                plan.receipt().sha256(),
                plan.place(),
                plan.number(),
                plan.at(),
                plan.loss(),
                request.starting(serving),
                pipeline.covered()));
    timeline.done(
        "plan",
        plan.took() == null
            ? "what was written since is counted"
            : "restored into a copy and compared in " + DurationText.of(plan.took()));
  }

  private Pipeline policy() {
    return Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
        .read(new PolicyQuery(request.project(), request.environment()));
  }

  private EnvironmentState environment() {
    return Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(
                new TaskQueues(request.project()).railway(), "read what runs", READ_WITHIN))
        .readEnvironment(EnvironmentQuery.of(pipeline));
  }

  private RestoreActivities restores(String summary) {
    return Workflow.newActivityStub(
        RestoreActivities.class,
        ActivityProfiles.working(new TaskQueues(request.project()).migration(), summary, ATTEMPTS));
  }

  /**
   * Looks once more, with the lease. What was written meanwhile is no change: the card said so.
   *
   * @param recorded what the ledger has on record
   * @return what is not as it was approved; empty = all is
   */
  public Optional<String> changed(LedgerRecord recorded) {
    timeline.begin("reread");
    Optional<String> changed = difference(recorded);
    changed.ifPresentOrElse(
        what -> timeline.failed("reread", null, what),
        () -> timeline.done("reread", "all is as it was approved"));
    return changed;
  }

  private Optional<String> difference(LedgerRecord recorded) {
    if (!policy().covered().equals(pipeline.covered())) {
      return Optional.of("signalbox.toml has changed");
    }
    if (!Objects.equals(recorded.running(), request.present())) {
      return Optional.of("what is on record as live has changed");
    }
    before = environment();
    List<ServiceDeployment> now = LastGoodSet.of(pipeline, before);
    if (!ids(now).equals(ids(serving))) {
      return Optional.of("what runs has changed (" + ids(serving) + " to " + ids(now) + ")");
    }
    DatabaseStanding standing =
        restores("where does the database stand?").standing(DatabaseReference.of(pipeline));
    if (standing.number() != plan.number() || !standing.at().equals(plan.at())) {
      return Optional.of(
          "the database has changed (it was at "
              + CodeOnSchema.names(plan.at())
              + ", and is "
              + (standing.number() == plan.number()
                  ? "at " + CodeOnSchema.names(standing.at())
                  : "another one now")
              + ")");
    }
    return Optional.empty();
  }

  private static String ids(List<ServiceDeployment> set) {
    return set.stream().map(ServiceDeployment::id).collect(Collectors.joining(", "));
  }

  /** What a yes covers. */
  private record Covered(
      int v,
      String what,
      String project,
      String environment,
      String backup,
      String sha256,
      String database,
      long number,
      List<String> from,
      Object loss,
      List<ServiceDeployment> starting,
      Pipeline policy) {}

  /** Opens the question, always: what is lost cannot be brought back by anything of ours. */
  public Ask open(ApprovalGate approval) {
    return approval.open(pipeline, digest, question(), List.of(), List.of());
  }

  private String question() {
    return "May the database "
        + plan.place()
        + " of "
        + request.environment()
        + " go back to the backup "
        + request.backup()
        + "? As of now "
        + lost()
        + " "
        + schema()
        + " "
        + deed()
        + plan.remarks().stream().map(remark -> " " + remark + ".").collect(Collectors.joining());
  }

  /** What is asked, as the parts of a card. */
  public List<Part> parts() {
    return List.of(
        new Part(
            null,
            List.of(
                Line.of("the database", plan.place() + " of " + request.environment()),
                Line.of("backup", request.backup()))),
        new Part("Lost", List.of(Line.of(lost()))),
        new Part("Schema", List.of(Line.of(schema()))),
        new Part("How", List.of(Line.of(deed()))),
        new Part("To be known", plan.remarks().stream().map(Line::of).toList()));
  }

  private String lost() {
    return plan.loss().withTables()
        + "; what is written until its writers are stopped comes to that.";
  }

  private String schema() {
    return new CodeOnSchema(request, plan).words();
  }

  private String deed() {
    return "Nothing answers from the first step to the last"
        + (plan.took() == null
            ? ". "
            : "; to restore a copy took " + DurationText.of(plan.took()) + ". ")
        + (request.inPlace()
            ? "In place: the present database is saved before, and then emptied and"
                + " restored in one transaction; nothing of it is left but that backup."
            : "The present database is saved before and kept beside.");
  }

  /** As it was read before anything was done. */
  public RestorePlan plan() {
    return plan;
  }

  /** As it was read last. */
  public EnvironmentState before() {
    return before;
  }

  /** As it was approved. */
  public Pipeline pipeline() {
    return pipeline;
  }

  /** Null before the look. */
  public String digest() {
    return digest;
  }
}
