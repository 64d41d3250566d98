package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.DurationText;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.backup.RestoreActivities;
import dev.signalbox.workflows.backup.RestoreActivities.RestorePlan;
import dev.signalbox.workflows.backup.RestoreActivities.RestoreQuery;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a restore would mean, and whether people want that. Nothing is changed by it. */
final class RestorePermit {
  private static final Duration READ_WITHIN = Duration.ofMinutes(10);
  private static final int ATTEMPTS = 8;

  private final RestoreRequest request;
  private final Pipeline pipeline;
  private final Asks asks;
  private final Timeline timeline;
  private EnvironmentState before;
  private RestorePlan plan;
  private List<ServiceDeployment> serving = List.of();
  private String digest;

  RestorePermit(RestoreRequest request, Pipeline pipeline, Asks asks, Timeline timeline) {
    this.request = request;
    this.pipeline = pipeline;
    this.asks = asks;
    this.timeline = timeline;
  }

  /** Reads, restores the backup into a copy, and says what that showed. */
  void look() {
    timeline.begin("plan");
    before =
        Workflow.newActivityStub(
                RailwayActivities.class,
                ActivityProfiles.quick(
                    new TaskQueues(request.project()).railway(), "read what runs", READ_WITHIN))
            .readEnvironment(EnvironmentQuery.of(pipeline));
    serving = LastGoodSet.of(pipeline, before);
    plan =
        Workflow.newActivityStub(
                RestoreActivities.class,
                ActivityProfiles.working(
                    new TaskQueues(request.project()).migration(),
                    "what would a restore mean?",
                    ATTEMPTS))
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
                starting(),
                pipeline));
    timeline.done(
        "plan",
        plan.took() == null
            ? "what was written since is counted"
            : "restored into a copy and compared in " + DurationText.of(plan.took()));
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

  /**
   * Asks, always: what is lost cannot be brought back by anything that this program does.
   *
   * @return why nothing may be done; empty = it may
   */
  Optional<String> asked() {
    ApprovalGate approval = new ApprovalGate(asks);
    Ask ask = approval.open(pipeline, digest, question());
    timeline.waiting("approval", "by " + (ask.from().isEmpty() ? "anybody" : ask.from()));
    ApprovalGate.Verdict verdict = approval.await(ask, () -> false);
    if (verdict.outcome() != ApprovalGate.Outcome.APPROVED) {
      timeline.failed("approval", null, verdict.sentence());
      return Optional.of(verdict.sentence());
    }
    timeline.done("approval", verdict.sentence());
    return Optional.empty();
  }

  private String question() {
    StringBuilder question =
        new StringBuilder("May the database ")
            .append(plan.place())
            .append(" of ")
            .append(request.environment())
            .append(" go back to the backup ")
            .append(request.backup())
            .append("? As of now ")
            .append(plan.loss().withTables())
            .append("; what is written until its writers are stopped comes to that. ")
            .append(new CodeOnSchema(request, plan).words())
            .append(" Nothing answers from the first step to the last")
            .append(
                plan.took() == null
                    ? ". "
                    : "; to restore a copy took " + DurationText.of(plan.took()) + ". ")
            .append(
                request.inPlace()
                    ? "In place: the present database is saved before, and then emptied and"
                        + " restored in one transaction; nothing of it is left but that backup."
                    : "The present database is saved before and kept beside.");
    plan.remarks().forEach(remark -> question.append(' ').append(remark).append('.'));
    return question.toString();
  }

  /** As it was read before anything was done. */
  RestorePlan plan() {
    return plan;
  }

  /** What serves now, in the order of the policy. */
  List<ServiceDeployment> serving() {
    return serving;
  }

  /** What is to serve afterwards. */
  List<ServiceDeployment> starting() {
    return request.target() == null ? serving : request.target().deployments();
  }

  EnvironmentState before() {
    return before;
  }

  /** Null before the look. */
  String digest() {
    return digest;
  }
}
