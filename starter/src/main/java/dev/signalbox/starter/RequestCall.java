package dev.signalbox.starter;

import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.environment.RequestAnswer;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A request to the run that an id stands for, which is started with it where it does not run. */
final class RequestCall {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final EngineCalls calls;
  private final String id;

  RequestCall(EngineCalls calls, String id) {
    this.calls = calls;
    this.id = id;
  }

  /** How the run is started, or joined. */
  WorkflowOptions options() {
    return calls
        .options(id)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .build();
  }

  /**
   * @param update its id: the same one counts once, however often it is sent
   */
  static UpdateOptions<RequestAnswer> named(String update) {
    return UpdateOptions.newBuilder(RequestAnswer.class)
        .setUpdateId(update)
        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
        .build();
  }

  /**
   * The answer. While the run turns its page, or ends, it is asked again.
   *
   * @param update with start; called again for each attempt
   * @param refused what a failed update means
   * @throws TroubleException exit 3, when no worker answers
   */
  RequestAnswer answer(
      Callable<RequestAnswer> update, Function<WorkflowUpdateException, RequestAnswer> refused) {
    Instant deadline = Instant.now().plus(LONGEST);
    while (true) {
      Optional<RequestAnswer> answer = ask(update, refused);
      if (answer.isPresent() && !answer.get().retry()) {
        return answer.get();
      }
      if (Instant.now().isAfter(deadline)) {
        throw new TroubleException(calls.noWorker("request", id));
      }
      Pause.of(PAUSE);
    }
  }

  private Optional<RequestAnswer> ask(
      Callable<RequestAnswer> update, Function<WorkflowUpdateException, RequestAnswer> refused) {
    try {
      RequestAnswer answer = Deadline.within(LONGEST, update);
      calls.answered();
      return Optional.of(answer);
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(calls.noWorker("request", id), noAnswer);
    } catch (WorkflowUpdateException failed) {
      if (EngineCalls.pageTurned(failed)) {
        return Optional.empty();
      }
      calls.answered();
      return Optional.of(refused.apply(failed));
    } catch (WorkflowNotFoundException pageTurned) {
      return Optional.empty();
    } catch (WorkflowException | StatusRuntimeException failure) {
      if (EngineCalls.pageTurned(failure)) {
        return Optional.empty();
      }
      throw calls.translated("request", id, failure);
    }
  }
}
