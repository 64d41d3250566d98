package dev.signalbox.workflows.approval;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** A run that waits for one approval and does nothing else. */
@WorkflowInterface
public interface WaitingWorkflow {

  @WorkflowMethod
  void run();

  @QueryMethod
  List<Ask> open();
}
