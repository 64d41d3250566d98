package dev.signalbox.starter;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.policy.PolicyActivities.ProjectQuery;
import dev.signalbox.workflows.preview.PreviewEnvWorkflow;
import dev.signalbox.workflows.preview.PreviewList;
import dev.signalbox.workflows.preview.PreviewListWorkflow;
import dev.signalbox.workflows.preview.PreviewOrder;
import dev.signalbox.workflows.preview.PreviewReconcilerWorkflow;
import dev.signalbox.workflows.preview.PreviewState;
import dev.signalbox.workflows.preview.PreviewStatus;
import dev.signalbox.workflows.preview.PreviewsState;
import dev.signalbox.workflows.preview.Slots;
import dev.signalbox.workflows.preview.SweepOrder;
import dev.signalbox.workflows.preview.SweepReport;
import io.grpc.StatusRuntimeException;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for previews, and how they stand. */
public final class PreviewClient {
  private static final Logger log = LoggerFactory.getLogger(PreviewClient.class);
  private static final Duration LIST = Duration.ofSeconds(8);
  private static final Duration SWEEP = Duration.ofSeconds(20);

  private final EngineCalls calls;

  PreviewClient(EngineCalls calls) {
    this.calls = calls;
  }

  public String id(int number) {
    return PreviewEnvWorkflow.id(calls.project(), number);
  }

  /** The same for one that means no commit, and comes by no door. */
  public RequestAnswer request(
      int number, PreviewOrder.Kind kind, String requester, String reason) {
    return request(number, new PreviewOrder(UUID.randomUUID().toString(), kind, requester, reason));
  }

  /**
   * Takes an order to the preview of this pull request; one that does not run is started with it.
   *
   * @throws TroubleException exit 3, when no worker answers
   */
  public RequestAnswer request(int number, PreviewOrder order) {
    RequestCall call = new RequestCall(calls, id(number));
    return call.answer(
        () -> {
          PreviewEnvWorkflow preview =
              calls.client().newWorkflowStub(PreviewEnvWorkflow.class, call.options());
          return WorkflowClient.executeUpdateWithStart(
              preview::request,
              order,
              RequestCall.named(order.id()),
              new WithStartWorkflowOperation<>(
                  preview::run, PreviewState.fresh(calls.project(), number)));
        },
        failed -> RequestAnswer.refused(null, EngineCalls.cause(failed)));
  }

  /**
   * Lets a preview that runs look at its pull request now: what was pushed a moment ago counts for
   * whoever asks next. One that does not run needs no look.
   */
  public void look(int number) {
    PreviewOrder order =
        new PreviewOrder(UUID.randomUUID().toString(), PreviewOrder.Kind.LOOK, null, null);
    try {
      Deadline.within(
          calls.patience().ofCall(),
          () ->
              calls
                  .client()
                  .newUntypedWorkflowStub(id(number))
                  .startUpdate(
                      UpdateOptions.newBuilder(RequestAnswer.class)
                          .setUpdateName("request")
                          .setUpdateId(order.id())
                          .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                          .build(),
                      order)
                  .getResult());
      calls.answered();
    } catch (TimeoutException | WorkflowException | StatusRuntimeException notNow) {
      // Who waits reads the status all the same, and hears there what is wrong.
      log.debug("no look number={}", number, notNow);
    }
  }

  /** How the preview of this pull request stands; empty when the engine knows none. */
  public Optional<PreviewStatus> status(int number) {
    return calls.query(id(number), "preview", PreviewStatus.class);
  }

  /** Who waits for a turn to be made; empty when nobody knows. */
  public Optional<Slots> slots() {
    return calls.query(PreviewReconcilerWorkflow.id(calls.project()), "slots", Slots.class);
  }

  /**
   * Has everything compared now, and answers what was found.
   *
   * @throws TroubleException exit 3, when nobody answered
   */
  public SweepReport sweep(String requester) {
    String id = PreviewReconcilerWorkflow.id(calls.project());
    PreviewReconcilerWorkflow previews =
        calls
            .client()
            .newWorkflowStub(PreviewReconcilerWorkflow.class, new RequestCall(calls, id).options());
    SweepOrder order = new SweepOrder(UUID.randomUUID().toString(), requester);
    try {
      SweepReport report =
          Deadline.within(
              SWEEP,
              () ->
                  WorkflowClient.executeUpdateWithStart(
                      previews::sweep,
                      order,
                      UpdateOptions.newBuilder(SweepReport.class)
                          .setUpdateId(order.id())
                          .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                          .build(),
                      new WithStartWorkflowOperation<>(
                          previews::run, PreviewsState.empty(calls.project()))));
      calls.answered();
      return report;
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(
          Trouble.notReached(
              "Comparing the previews with the pull requests",
              id,
              "no answer in " + SWEEP.toSeconds() + " s",
              "It goes on by itself; `signalbox preview list` shows what there is."),
          noAnswer);
    } catch (WorkflowException | StatusRuntimeException failure) {
      throw calls.translated("sweep", id, failure);
    }
  }

  /**
   * The environments that there are, by a worker that asks Railway.
   *
   * @throws TroubleException exit 3, when nobody answered
   */
  public PreviewList list() {
    String id = PreviewListWorkflow.id(calls.project(), UUID.randomUUID().toString());
    PreviewListWorkflow list =
        calls
            .client()
            .newWorkflowStub(
                PreviewListWorkflow.class,
                calls.options(id).setWorkflowExecutionTimeout(LIST.multipliedBy(4)).build());
    calls.calling(
        "read", id, () -> WorkflowClient.start(list::run, new ProjectQuery(calls.project())));
    try {
      PreviewList answer =
          Deadline.within(
              calls.patience().ofWork(LIST),
              () -> WorkflowStub.fromTyped(list).getResult(PreviewList.class));
      calls.answered();
      return answer;
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(calls.noWorker("read", id), noAnswer);
    } catch (WorkflowException failed) {
      throw new TroubleException(
          ReadTrouble.of(
              "Listing the previews",
              calls.project(),
              failed,
              "Check the token and the address; the worker's .signalbox/signalbox.log has the whole"
                  + " story."),
          failed);
    }
  }
}
