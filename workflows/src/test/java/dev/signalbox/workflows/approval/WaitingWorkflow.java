package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.policy.Approvals;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** A run that waits for one approval and does nothing else. */
@WorkflowInterface
public interface WaitingWorkflow {

  @WorkflowMethod
  String run(Approvals rule);

  @SignalMethod
  void approve(ApprovalMessage message);

  @QueryMethod
  List<String> told();

  @QueryMethod
  List<Decision> decisions();

  @QueryMethod
  List<Ask> open();
}
