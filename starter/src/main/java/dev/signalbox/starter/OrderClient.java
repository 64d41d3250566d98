package dev.signalbox.starter;

import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.LedgerOrder;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.OrderAnswer;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Takes what people order of an environment to its ledger. */
final class OrderClient {
  private static final int MOST_PAGES = 20;
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** More than the ledger gives GitHub to name a commit. */
  private static final Duration WITH_GITHUB = Duration.ofSeconds(12);

  private final EngineCalls calls;
  private final OrderCalls orders;

  OrderClient(EngineCalls calls) {
    this.calls = calls;
    this.orders = new OrderCalls(calls);
  }

  /**
   * Asks the ledger; where no worker answers in {@link SignalboxClient#PATIENCE}, as a signal with
   * the same decision id.
   *
   * @return empty = recorded, and not judged yet
   * @throws TroubleException exit 3, when no worker ever opened the ledger, or GitHub, which must
   *     answer first, is away
   */
  Optional<OrderAnswer> order(String environment, LedgerOrder order) {
    String id = EnvironmentWorkflow.id(calls.project(), environment);
    if (calls.workerless() || (order.aboutGitHub() && !workerAnswers(id))) {
      return recorded(id, order);
    }
    for (int page = 0; page < MOST_PAGES; page++) {
      try {
        return Optional.of(orders.ask(id, order.decisionId(), order, limit(order)));
      } catch (TimeoutException noAnswer) {
        return recorded(id, order);
      } catch (WorkflowNotFoundException notOpen) {
        if (calls.describe(id).isEmpty()) {
          throw calls.withoutWorker("order", id);
        }
      } catch (WorkflowException | StatusRuntimeException failure) {
        if (!EngineCalls.pageTurned(failure)) {
          return Optional.of(refused(id, failure));
        }
      }
      Pause.of(PAUSE);
    }
    return recorded(id, order);
  }

  /** As a signal: the engine keeps it, whether a worker runs or not. */
  void leave(String environment, LedgerOrder order) {
    recorded(EnvironmentWorkflow.id(calls.project(), environment), order);
  }

  /** What became of an order; empty = it is not judged yet, or too long ago. */
  Optional<OrderAnswer> answered(String ledger, String decisionId) {
    return calls.query(ledger, "answered", OrderAnswer.class, decisionId);
  }

  /** Who is known to be there may be given the time that GitHub takes. */
  private boolean workerAnswers(String id) {
    try {
      return calls.query(id, LedgerStatus.class).isPresent();
    } catch (TroubleException nobody) {
      return false;
    }
  }

  private OrderAnswer refused(String id, RuntimeException failure) {
    if (failure instanceof WorkflowUpdateException refused) {
      calls.answered();
      EngineCalls.atGitHub(
          "Looking up the commit at GitHub",
          id,
          refused,
          "Nothing was ordered; say it again when GitHub answers. Until then `signalbox freeze`"
              + " keeps every release out.");
      return new OrderAnswer(false, false, EngineCalls.cause(refused));
    }
    throw calls.translated("order", id, failure);
  }

  private Duration limit(LedgerOrder order) {
    return order.aboutGitHub() ? calls.patience().ofWork(WITH_GITHUB) : calls.patience().ofCall();
  }

  private Optional<OrderAnswer> recorded(String id, LedgerOrder order) {
    try {
      orders.leave(id, order);
      return Optional.empty();
    } catch (WorkflowNotFoundException neverOpened) {
      throw calls.withoutWorker("order", id);
    }
  }
}
