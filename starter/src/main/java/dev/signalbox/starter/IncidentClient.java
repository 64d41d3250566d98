package dev.signalbox.starter;

import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.environment.OrderAnswer;
import dev.signalbox.workflows.monitor.IncidentOrder;
import dev.signalbox.workflows.monitor.IncidentState;
import dev.signalbox.workflows.monitor.IncidentWorkflow;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Shows incidents, and takes to them what people order. */
public final class IncidentClient {
  private final EngineCalls calls;
  private final OrderCalls orders;

  IncidentClient(EngineCalls calls) {
    this.calls = calls;
    this.orders = new OrderCalls(calls);
  }

  /**
   * @param goesOn whether its run does
   */
  public record Known(IncidentState state, boolean goesOn) {}

  /** The newest of an environment; empty = the engine knows of none. */
  public Optional<Known> newest(String environment) {
    String id = IncidentWorkflow.id(calls.project(), environment);
    return calls
        .describe(id)
        .flatMap(
            described ->
                calls
                    .query(id, IncidentState.class)
                    .map(state -> new Known(state, described.running())));
  }

  /**
   * Asks the incident that goes on; where no worker answers, as a signal with the same decision id.
   *
   * @return empty = recorded, and not judged yet
   * @throws TroubleException exit 1, when none goes on
   */
  public Optional<OrderAnswer> order(String environment, IncidentOrder order) {
    String id = IncidentWorkflow.id(calls.project(), environment);
    try {
      return Optional.of(orders.ask(id, order.decisionId(), order, calls.patience().ofCall()));
    } catch (TimeoutException noAnswer) {
      return recorded(id, environment, order);
    } catch (WorkflowNotFoundException none) {
      throw none(environment, none);
    } catch (WorkflowUpdateException refused) {
      calls.answered();
      return Optional.of(new OrderAnswer(false, false, EngineCalls.cause(refused)));
    } catch (WorkflowException | StatusRuntimeException failure) {
      throw calls.translated("order", id, failure);
    }
  }

  /** What became of an order; empty = it was not judged yet. */
  public Optional<OrderAnswer> answered(String id, String decisionId) {
    return calls.query(id, IncidentState.class).map(state -> state.answers().get(decisionId));
  }

  /**
   * The same for who does not wait: it is judged when a worker runs.
   *
   * @throws TroubleException exit 1, when none goes on
   */
  public void leave(String environment, IncidentOrder order) {
    recorded(IncidentWorkflow.id(calls.project(), environment), environment, order);
  }

  private Optional<OrderAnswer> recorded(String id, String environment, IncidentOrder order) {
    try {
      orders.leave(id, order);
      return Optional.empty();
    } catch (WorkflowNotFoundException none) {
      throw none(environment, none);
    }
  }

  private static TroubleException none(String environment, Throwable cause) {
    return new TroubleException(
        new Trouble(
            1,
            "Ordering something of an incident",
            environment,
            "no incident goes on there",
            "`signalbox incident list` shows what there was."),
        cause);
  }
}
