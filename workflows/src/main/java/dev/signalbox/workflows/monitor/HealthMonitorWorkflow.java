package dev.signalbox.workflows.monitor;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One full round over an environment, and the watch until just before the next: started by a
 * Schedule, or by cron on an engine that has none. How everything stands is handed on to the next
 * run as last completion result.
 */
@WorkflowInterface
public interface HealthMonitorWorkflow {

  @WorkflowMethod(name = "HealthMonitorWorkflow")
  MonitorState run(MonitorOrder order);

  /** From the watch that this run started. An old one (watch, sequence) is ignored. */
  @SignalMethod(name = "changed", description = "A check stands otherwise than before")
  void changed(Change change);

  /** From the environment's ledger, again whenever it is otherwise. */
  @SignalMethod(name = "doings", description = "What Signalbox itself does to the environment")
  void doings(Doings doings);

  @QueryMethod(name = "state", description = "How everything stands now")
  MonitorState state();

  /** Of the Schedule; its runs have the time of their start behind it. */
  static String id(String project, String environment) {
    return "monitor/" + project + "/" + environment;
  }
}
