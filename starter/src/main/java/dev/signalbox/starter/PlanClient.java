package dev.signalbox.starter;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.effect.TokenAdvice;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.plan.PlanReport;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.plan.PlanRequest;
import dev.signalbox.workflows.plan.PlanWorkflow;
import dev.signalbox.workflows.plan.WayBack;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/** Lets a worker read outside systems and answer; changes nothing. */
final class PlanClient {
  private static final Duration PLAN = Duration.ofMinutes(2);

  private final EngineCalls calls;

  PlanClient(EngineCalls calls) {
    this.calls = calls;
  }

  /**
   * What a promotion would do; reads only.
   *
   * @param revision null = the head of the source branch
   */
  PlanReport plan(String environment, String revision, Optional<LedgerStatus> ledger) {
    PlanRequest request =
        new PlanRequest(calls.project(), environment, revision, ledger.orElse(null), false);
    try {
      return planned(request, PLAN);
    } catch (TimeoutException noAnswer) {
      throw new TroubleException(
          calls.noWorker("plan", EnvironmentWorkflow.id(calls.project(), environment)), noAnswer);
    } catch (WorkflowException failed) {
      throw new TroubleException(planFailed(environment, failed), failed);
    }
  }

  /**
   * Whether a rollback could put the former set back now; unknown when nobody says so in time.
   *
   * @param patience how long a worker and Railway may take
   */
  RollbackOutlook wayBack(LedgerStatus ledger, Duration patience) {
    Optional<RollbackOutlook> onRecord = WayBack.onRecord(ledger);
    if (onRecord.isPresent()) {
      return onRecord.get();
    }
    try {
      return planned(new PlanRequest(calls.project(), ledger.name(), null, ledger, true), patience)
          .rollback();
    } catch (TimeoutException | TroubleException | WorkflowException noAnswer) {
      return new RollbackOutlook("unknown", "Railway was not read in time");
    }
  }

  private PlanReport planned(PlanRequest request, Duration longest) throws TimeoutException {
    String id =
        PlanWorkflow.id(calls.project(), request.environment(), UUID.randomUUID().toString());
    PlanWorkflow plan =
        calls
            .client()
            .newWorkflowStub(
                PlanWorkflow.class, calls.options(id).setWorkflowExecutionTimeout(PLAN).build());
    calls.calling("plan", id, () -> WorkflowClient.start(plan::run, request));
    return Deadline.within(longest, () -> WorkflowStub.fromTyped(plan).getResult(PlanReport.class));
  }

  /** Refused by who was reached (exit 1), or not reached (exit 3). */
  private static Trouble planFailed(String environment, WorkflowException failed) {
    String next =
        "Check the commit, the token and the address; the worker's .signalbox/signalbox.log has the"
            + " whole story.";
    if (TokenAdvice.variable(EngineCalls.cause(failed)).isPresent()) {
      return EngineCalls.wrongToken("Planning", environment, EngineCalls.cause(failed));
    }
    return refused(failed)
        ? new Trouble(1, "Planning", environment, EngineCalls.cause(failed), next)
        : Trouble.notReached(
            "Planning",
            environment,
            "GitHub or Railway did not answer in time (" + EngineCalls.cause(failed) + ")",
            next);
  }

  private static boolean refused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application
          && FailureType.of(application.getType()) != null
          && FailureType.of(application.getType()).provesNothingHappened()
          && FailureType.of(application.getType()) != FailureType.RATE_LIMITED) {
        return true;
      }
    }
    return false;
  }
}
