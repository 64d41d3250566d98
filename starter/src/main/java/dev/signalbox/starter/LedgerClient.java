package dev.signalbox.starter;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LedgerRequest;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.RecordedMerge;
import dev.signalbox.workflows.environment.RequestAnswer;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Asks the ledgers of the environments. */
final class LedgerClient {

  private final EngineCalls calls;
  private final Optional<Sender> sender;

  /**
   * @param sender whose requests these are; empty = of whoever sits at the terminal
   */
  LedgerClient(EngineCalls calls, Optional<Sender> sender) {
    this.calls = calls;
    this.sender = sender;
  }

  /** Asks for a promotion; a new request each time, whose retries are one to the ledger. */
  RequestAnswer promote(
      String environment, String revision, String service, String requester, String reason) {
    return request(environment, promotion(revision, service, requester, reason));
  }

  /** The same, as an emergency. */
  RequestAnswer promoteInEmergency(
      String environment, String revision, String service, String requester, String reason) {
    return request(environment, promotion(revision, service, requester, reason).asEmergency());
  }

  private static LedgerRequest promotion(
      String revision, String service, String requester, String reason) {
    return new LedgerRequest(
        UUID.randomUUID().toString(),
        LedgerRequest.Kind.PROMOTE,
        revision,
        null,
        requester,
        reason,
        service);
  }

  /**
   * Asks for a rollback by hand.
   *
   * @param deployment null = the set before the present one
   */
  RequestAnswer rollback(String environment, String deployment, String requester, String reason) {
    return request(
        environment,
        new LedgerRequest(
            UUID.randomUUID().toString(),
            LedgerRequest.Kind.ROLLBACK,
            null,
            deployment,
            requester,
            reason));
  }

  /** Asks for what is live once more: built again, or its containers started again. */
  RequestAnswer redeploy(
      String environment, String service, boolean restart, String requester, String reason) {
    return request(
        environment,
        new LedgerRequest(
            UUID.randomUUID().toString(),
            restart ? LedgerRequest.Kind.RESTART : LedgerRequest.Kind.REDEPLOY,
            null,
            null,
            requester,
            reason,
            service));
  }

  /**
   * Asks for a commit's migrations without a deploy.
   *
   * @param revision 7 to 40 hex; null = the one that is live
   */
  RequestAnswer migrate(String environment, String revision, String requester, String reason) {
    return request(
        environment,
        new LedgerRequest(
            UUID.randomUUID().toString(),
            LedgerRequest.Kind.MIGRATE,
            revision,
            null,
            requester,
            reason));
  }

  /**
   * Asks for a database to be brought back.
   *
   * @param deployment of the set that is to run then; null = what runs
   * @param inPlace whether no second database is made
   */
  RequestAnswer restore(
      String environment,
      String backup,
      String deployment,
      boolean inPlace,
      String requester,
      String reason) {
    return request(
        environment,
        new LedgerRequest(
            UUID.randomUUID().toString(),
            LedgerRequest.Kind.RESTORE,
            null,
            deployment,
            requester,
            reason,
            null,
            backup,
            null,
            inPlace));
  }

  /**
   * Asks the environment's ledger to take its schema back.
   *
   * @param revision the commit whose code does it; null = the one that is live
   * @param to the schema revision to go down to
   */
  RequestAnswer downgrade(
      String environment, String revision, String to, String requester, String reason) {
    return request(
        environment,
        new LedgerRequest(
            UUID.randomUUID().toString(),
            LedgerRequest.Kind.DOWNGRADE,
            revision,
            null,
            requester,
            reason,
            null,
            null,
            to,
            false));
  }

  /**
   * Asks the ledger; one that has ended is started with the request. While the ledger turns its
   * page, asks again with the same request id, so that the request counts once.
   *
   * @throws TroubleException exit 3, when no worker answers or none ever opened the ledger
   */
  RequestAnswer request(String environment, LedgerRequest wanted) {
    requireWorker(environment);
    String ledger = EnvironmentWorkflow.id(calls.project(), environment);
    LedgerRequest request = sender.map(known -> known.signed(ledger, wanted)).orElse(wanted);
    // Not the request's own id: the engine would answer words that are said again, once more, with
    // a failure of the first time. The ledger knows the request.
    String update = UUID.randomUUID().toString();
    RequestCall call = new RequestCall(calls, ledger);
    return call.answer(
        () -> {
          EnvironmentWorkflow run =
              calls.client().newWorkflowStub(EnvironmentWorkflow.class, call.options());
          return WorkflowClient.executeUpdateWithStart(
              run::request,
              request,
              RequestCall.named(update),
              new WithStartWorkflowOperation<>(
                  run::run, LedgerState.empty(calls.project(), environment)));
        },
        failed -> refused(request, environment, failed));
  }

  /** What the ledger says; empty when no worker ever started it. */
  Optional<LedgerStatus> ledger(String environment) {
    return calls.query(EnvironmentWorkflow.id(calls.project(), environment), LedgerStatus.class);
  }

  /** The commit that a merge of ours stands for there; any other commit is itself. */
  String behind(String environment, String commit) {
    return calls
        .query(
            EnvironmentWorkflow.id(calls.project(), environment),
            "record",
            LedgerRecord.class,
            commit)
        .map(record -> RecordedMerge.revisionBehind(commit, record.merges()))
        .orElse(commit);
  }

  /**
   * What the engine alone knows, with no worker: ids of the runs that this environment's ledger
   * started and that are still open, newest first. A ledger that has turned its page since is not
   * asked about the earlier ones.
   */
  List<String> openRuns(String environment) {
    String ledger = EnvironmentWorkflow.id(calls.project(), environment);
    try {
      return calls.calling(
          "describe",
          ledger,
          () ->
              calls
                  .client()
                  .newUntypedWorkflowStub(ledger)
                  .describe()
                  .getRawDescription()
                  .getPendingChildrenList()
                  .stream()
                  .sorted(
                      Comparator.comparing(PendingChildExecutionInfo::getInitiatedId).reversed())
                  .map(PendingChildExecutionInfo::getWorkflowId)
                  .toList());
    } catch (WorkflowNotFoundException neverOpened) {
      return List.of();
    }
  }

  /**
   * What the ledger could not do: the person's mistake is a refusal, an outside system that is away
   * or a faulty policy is trouble.
   */
  private static RequestAnswer refused(
      LedgerRequest request, String environment, WorkflowUpdateException failed) {
    EngineCalls.atGitHub(
        "Resolving the revision at GitHub",
        environment,
        failed,
        "Nothing was started; try again when GitHub answers.");
    if (EngineCalls.type(failed) == FailureType.INVALID_POLICY) {
      throw new TroubleException(
          Trouble.usage(
              "Reading the worker's policy",
              environment,
              EngineCalls.cause(failed),
              "Correct the worker's signalbox.toml; it is read again at the next request."),
          failed);
    }
    return RequestAnswer.refused(request.revision(), EngineCalls.cause(failed));
  }

  /** The ledger's query is the cheapest way to learn that no worker would take the request. */
  private void requireWorker(String environment) {
    if (ledger(environment).isEmpty()) {
      throw calls.withoutWorker("request", EnvironmentWorkflow.id(calls.project(), environment));
    }
  }
}
