package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.environment.OrderAnswer;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One outage of one environment, from the first bad look to the closed issue. Its id is the
 * environment's, so that there is one at a time, whoever sees the outage.
 */
@WorkflowInterface
public interface IncidentWorkflow {

  @WorkflowMethod(name = "IncidentWorkflow")
  IncidentState run(IncidentState start);

  /** From any monitor; what is older than what is known already changes nothing. */
  @SignalMethod(name = "news", description = "How everything stands, as a monitor sees it")
  void news(News news);

  @UpdateMethod(name = "order")
  OrderAnswer order(IncidentOrder order);

  @UpdateValidatorMethod(updateName = "order")
  void validateOrder(IncidentOrder order);

  /** The same for who does not wait. */
  @SignalMethod(name = "ordered", description = "A person orders something of the incident")
  void ordered(IncidentOrder order);

  @QueryMethod(name = "status", description = "Everything that is known of it")
  IncidentState status();

  static String id(String project, String environment) {
    return "incident/" + project + "/" + environment;
  }

  /** Whether this is the id of an incident. */
  static boolean isId(String id) {
    return id.startsWith("incident/");
  }
}
