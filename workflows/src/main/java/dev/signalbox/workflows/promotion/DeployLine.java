package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Answer;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.deploy.DeployRequest;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.MigrateAndDeployWorkflow;
import dev.signalbox.workflows.deploy.MigrateRequest;
import dev.signalbox.workflows.deploy.MigrateWorkflow;
import dev.signalbox.workflows.deploy.RestoreOrder;
import dev.signalbox.workflows.deploy.RestoreWorkflow;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ShortCommit;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A run's line to its deploy: starts it and waits for its end, mirrors the questions that it asks,
 * and hands people's answers on to it.
 */
final class DeployLine {
  private final String project;
  private final String environment;
  private final Asks asks;
  private final Timeline timeline;
  private final Set<String> mirrored = new LinkedHashSet<>();
  private DeployResult afterCancel;
  private MigrateAndDeployWorkflow child;
  private String timeIsUp;

  DeployLine(String project, String environment, Asks asks, Timeline timeline) {
    this.project = project;
    this.environment = environment;
    this.asks = asks;
    this.timeline = timeline;
  }

  /** Deploys, and waits for whatever becomes of it. */
  Ending carryOut(DeployRequest order) {
    child = Workflow.newChildWorkflowStub(MigrateAndDeployWorkflow.class, options(order));
    return followed(
        () -> {
          Promise<DeployResult> end = Async.function(child::run, order);
          if (timeIsUp != null) {
            Async.procedure(this::tellThatTimeIsUp);
          }
          return end.get();
        });
  }

  /** Migrates and deploys nothing, under the same id, and waits for whatever becomes of it. */
  Ending migrate(MigrateRequest order) {
    afterCancel = null;
    MigrateWorkflow migrate =
        Workflow.newChildWorkflowStub(
            MigrateWorkflow.class,
            options("migrate for " + ShortCommit.of(order.revision()), order.promotionId()));
    return followed(() -> migrate.run(order));
  }

  /** Brings the database back, under the same id, and waits for whatever becomes of it. */
  Ending restore(RestoreOrder order) {
    RestoreWorkflow restore =
        Workflow.newChildWorkflowStub(
            RestoreWorkflow.class, options("restore " + order.request().backup(), order.runId()));
    return followed(() -> restore.run(order));
  }

  private Ending followed(Supplier<DeployResult> run) {
    try {
      DeployResult deployed = run.get();
      timeline.add(deployed.steps());
      return Ending.of(deployed);
    } catch (ChildWorkflowFailure failure) {
      return Causes.isCancel(failure) ? cancelled() : Ending.lost(failure);
    }
  }

  private Ending cancelled() {
    if (afterCancel == null) {
      return Ending.of(Result.CANCELLED, "cancelled before anything was deployed");
    }
    timeline.add(afterCancel.steps());
    return Ending.of(afterCancel);
  }

  private ChildWorkflowOptions options(DeployRequest order) {
    return options(ShortCommit.of(order.revision()) + " to " + environment, order.promotionId());
  }

  private ChildWorkflowOptions options(String summary, String promotionId) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(deployId())
        .setTaskQueue(new TaskQueues(project).workflows())
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setStaticSummary(summary)
        .setStaticDetails("Part of `" + promotionId + "`")
        .build();
  }

  /** A cancelled child's result reaches its parent by signal only. */
  void ended(DeployResult result) {
    afterCancel = result;
  }

  /** The deploy asks: people may answer under the promotion's id. */
  void asked(Ask question) {
    mirrored.add(question.id());
    asks.open(question);
  }

  void answered(String questionId) {
    mirrored.remove(questionId);
    asks.close(questionId);
  }

  /** Takes an answer, and hands it on when the question is the deploy's. */
  DecisionReply take(Answer sent) {
    Answer answer = asks.meant(sent);
    Ask ask = asks.find(answer);
    DecisionReply reply = asks.take(sent);
    return reply.counted() && ask != null && mirrored.contains(ask.id())
        ? forward(answer, ask, reply)
        : reply;
  }

  /** The promotion has taken longer than it may: a deploy that has yet to start is told then. */
  void timeIsUp(String sentence) {
    timeIsUp = sentence;
    if (child != null) {
      tellThatTimeIsUp();
    }
  }

  // By the child's own stub, which waits until the engine has started it: a signal to its id may
  // come before there is anybody to hear it.
  private void tellThatTimeIsUp() {
    try {
      child.timeIsUp(timeIsUp);
    } catch (SignalExternalWorkflowException | ApplicationFailure | ChildWorkflowFailure ended) {
      Workflow.getLogger(DeployLine.class).info("the deploy has ended deploy={}", deployId());
    }
  }

  private MigrateAndDeployWorkflow running() {
    return Workflow.newExternalWorkflowStub(
        MigrateAndDeployWorkflow.class,
        WorkflowExecution.newBuilder().setWorkflowId(deployId()).build());
  }

  private DecisionReply forward(Answer answer, Ask ask, DecisionReply reply) {
    try {
      running().resolve(answer.forwarded(ask.id()));
      return reply;
    } catch (SignalExternalWorkflowException | ApplicationFailure ended) {
      return new DecisionReply(false, "the deploy that asked has ended");
    }
  }

  private String deployId() {
    return MigrateAndDeployWorkflow.id(project, environment);
  }
}
