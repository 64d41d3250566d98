package dev.signalbox.starter;

import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.ApprovalMessage;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.approval.DecisionReply;
import dev.signalbox.workflows.promotion.PromotionStatus;
import io.grpc.StatusRuntimeException;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Asks single runs, and answers what they ask. */
final class RunClient {

  private final EngineCalls calls;

  RunClient(EngineCalls calls) {
    this.calls = calls;
  }

  /** Where a promotion, deploy or rollback stands; empty when the engine knows no such run. */
  Optional<PromotionStatus> status(String workflowId) {
    return calls.query(workflowId, PromotionStatus.class);
  }

  /**
   * As {@link #status}; of a run that ended without a result only what the engine alone knows. Such
   * a run answers no query, or still answers as it stood when it was stopped.
   */
  Optional<PromotionStatus> standing(String workflowId) {
    Optional<PromotionStatus> known;
    try {
      known = status(workflowId);
    } catch (TroubleException refused) {
      if (!(refused.getCause() instanceof WorkflowQueryException)) {
        throw refused;
      }
      return Optional.of(stopped(workflowId).orElseThrow(() -> refused));
    }
    return known.filter(status -> status.result() == null).isPresent()
        ? stopped(workflowId).or(() -> known)
        : known;
  }

  private Optional<PromotionStatus> stopped(String workflowId) {
    return calls
        .describe(workflowId)
        .filter(Described::endedWithoutResult)
        .map(
            ended ->
                new PromotionStatus(
                    workflowId,
                    ended.word(),
                    null,
                    ended.digest().orElse(null),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));
  }

  /**
   * Takes a decision to its run: as an update, which is answered at once; and when no worker
   * answers in {@link SignalboxClient#PATIENCE}, as a signal with the same decision id, which the
   * engine keeps.
   *
   * @param message with its {@code decisionId} set
   */
  Decided decide(String workflowId, DecideMessage message) {
    if (calls.workerless()) {
      // The silence was long enough: another one would only make the person wait twice.
      return leave(workflowId, message);
    }
    try {
      DecisionReply reply =
          Deadline.within(
              calls.patience().ofCall(),
              () ->
                  calls
                      .client()
                      .newUntypedWorkflowStub(workflowId)
                      .startUpdate(
                          UpdateOptions.newBuilder(DecisionReply.class)
                              .setUpdateName("decide")
                              .setUpdateId(message.decisionId())
                              .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                              .build(),
                          message)
                      .getResult());
      calls.answered();
      return new Decided(message.decisionId(), Optional.of(reply));
    } catch (WorkflowUpdateException refused) {
      calls.answered();
      return new Decided(
          message.decisionId(), Optional.of(new DecisionReply(false, EngineCalls.cause(refused))));
    } catch (TimeoutException noAnswer) {
      return leave(workflowId, message);
    } catch (WorkflowNotFoundException notOpen) {
      return notOpen(workflowId, message, notOpen);
    } catch (WorkflowException | StatusRuntimeException failure) {
      throw calls.translated("decide", workflowId, failure);
    }
  }

  /** As a signal: the engine keeps it, whether a worker runs or not. */
  Decided leave(String workflowId, DecideMessage message) {
    try {
      signal(workflowId, message);
      return new Decided(message.decisionId(), Optional.empty());
    } catch (WorkflowNotFoundException notOpen) {
      return notOpen(workflowId, message, notOpen);
    }
  }

  private Decided notOpen(
      String workflowId, DecideMessage message, WorkflowNotFoundException notOpen) {
    if (calls.describe(workflowId).isEmpty()) {
      throw new TroubleException(EngineCalls.unknown(workflowId), notOpen);
    }
    return new Decided(
        message.decisionId(),
        Optional.of(new DecisionReply(false, "it has ended, nothing is asked any more")));
  }

  /** Asks a run to end; what that means is the run's own decision. */
  void cancel(String workflowId) {
    try {
      calls.calling(
          "cancel",
          workflowId,
          () -> {
            calls.client().newUntypedWorkflowStub(workflowId).cancel();
            return null;
          });
    } catch (WorkflowNotFoundException unknown) {
      throw new TroubleException(EngineCalls.unknown(workflowId), unknown);
    }
  }

  private void signal(String workflowId, DecideMessage message) {
    WorkflowStub run = calls.client().newUntypedWorkflowStub(workflowId);
    boolean approval = Asks.VOTES.contains(message.verdict());
    Object payload =
        approval
            ? new ApprovalMessage(
                message.digest(),
                message.person(),
                message.reason(),
                message.ask(),
                message.door(),
                message.decisionId(),
                message.proof(),
                message.said())
            : new AnswerMessage(
                // A proof covers the question by its name, so that is said with it.
                message.question() == null ? message.ask() : message.question(),
                message.verdict(),
                message.person(),
                message.reason(),
                message.door(),
                message.decisionId(),
                message.proof(),
                message.said());
    calls.calling(
        "signal",
        workflowId,
        () -> {
          run.signal(approval ? message.verdict() : "resolve", payload);
          return null;
        });
  }
}
