package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerLine;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.promotion.CurrentDetails;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.List;

/**
 * Reads what runs, makes sure that it is what the ledger knows, and does it again: one service
 * after the other, so that a bad one stops the rest. Reports to the ledger when it ends.
 */
public final class RedeployWorkflowImpl extends AnswerableRun implements RedeployWorkflow {
  private static final Duration READ_WITHIN = Duration.ofMinutes(10);

  private final RedeployRequest request;

  @WorkflowInit
  public RedeployWorkflowImpl(RedeployRequest request) {
    super(request.project(), request.environment());
    this.request = request;
  }

  @Override
  public DeployResult run(RedeployRequest same) {
    CurrentDetails.follow(this);
    CancellationScope here = CancellationScope.current();
    Workflow.newDetachedCancellationScope(() -> result = carryOut(here)).run();
    Workflow.newDetachedCancellationScope(this::report).run();
    return result;
  }

  private DeployResult carryOut(CancellationScope here) {
    try {
      Pipeline pipeline =
          Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
              .read(new PolicyQuery(request.project(), request.environment()));
      judgeBy(pipeline, request.requester());
      EnvironmentState before = read(pipeline);
      List<ServiceDeployment> running = LastGoodSet.of(pipeline, before);
      String obstacle = obstacle(pipeline, before, running);
      if (obstacle != null) {
        return end(Result.FAILED, obstacle + "; nothing was touched", null, false);
      }
      List<ServicePolicy> wanted = pipeline.services().stream().filter(this::wanted).toList();
      Redoing redoing =
          request.restart()
              ? new Restart(pipeline, before, timeline, questions)
              : new Rebuild(pipeline, before, timeline, questions, request.present());
      Redoing.End end = redoing.carryOut(wanted, running, here::isCancelRequested);
      return end(end.result(), end.detail(), live(end.set()), end.mixed());
    } catch (TemporalFailure failure) {
      return end(Result.FAILED, "stopped by an error: " + reason(failure), null, false);
    }
  }

  private static String reason(TemporalFailure failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof TemporalFailure known ? known.getOriginalMessage() : cause.toString();
  }

  private EnvironmentState read(Pipeline pipeline) {
    return Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(
                new TaskQueues(request.project()).railway(), "read what runs", READ_WITHIN))
        .readEnvironment(EnvironmentQuery.of(pipeline));
  }

  private boolean wanted(ServicePolicy service) {
    return request.service() == null || service.name().equals(request.service());
  }

  /** Why it must not be done again; null = nothing. */
  private String obstacle(
      Pipeline pipeline, EnvironmentState before, List<ServiceDeployment> running) {
    if (request.service() != null && !pipeline.serviceNames().contains(request.service())) {
      return "signalbox.toml has no service " + request.service();
    }
    List<String> gone =
        before.missing(
            pipeline.services().stream().filter(this::wanted).map(ServicePolicy::railway).toList());
    if (!gone.isEmpty()) {
      return String.join("; ", gone);
    }
    List<ServiceDeployment> concerned =
        running.stream()
            .filter(one -> request.service() == null || one.service().equals(request.service()))
            .toList();
    if (concerned.isEmpty()) {
      return "nothing runs there that could be done again";
    }
    for (ServiceDeployment one : concerned) {
      if (!request.restart() && one.revision() == null) {
        return one.service() + " was not built from a commit, so there is nothing to build again";
      }
      if (!request.restart() && drifted(one)) {
        return one.service()
            + " runs "
            + one.revision()
            + ", and the ledger recorded "
            + request.present().revision()
            + " as live: somebody else deployed there; promote, or roll back";
      }
    }
    return null;
  }

  private boolean drifted(ServiceDeployment one) {
    LiveSet present = request.present();
    return present != null
        && !one.revision().equals(present.revision())
        && !one.revision().equals(present.mergeCommit())
        && present.deployments().stream().noneMatch(known -> known.id().equals(one.id()));
  }

  /** Recorded where there was a record before: a new one is a promotion's affair. */
  private LiveSet live(List<ServiceDeployment> set) {
    LiveSet present = request.present();
    return present == null || set == null ? null : present.on(set, now());
  }

  private DeployResult end(Result how, String detail, LiveSet live, boolean mixed) {
    String told = how == Result.CANCELLED ? signed(detail) : detail;
    timeline.failOpen(told);
    return DeployResult.alone(
        request.present() == null ? null : request.present().revision(),
        how,
        told,
        request.present(),
        live,
        mixed,
        timeline);
  }

  private void report() {
    new LedgerLine(request.project(), request.environment())
        .ended(
            request.lease(),
            request.requester(),
            request.restart() ? "restart" : "redeploy",
            request.reason(),
            result);
    settle();
  }

  @Override
  public PromotionStatus status() {
    return status(
        request.present() == null ? null : request.present().revision(),
        null,
        request.restart() ? "restart" : "redeploy");
  }
}
