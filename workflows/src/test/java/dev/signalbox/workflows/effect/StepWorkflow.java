package dev.signalbox.workflows.effect;

import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.approval.Ask;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;

/** A run of one bare step and nothing else. */
@WorkflowInterface
public interface StepWorkflow {

  @WorkflowMethod
  StepEnd run();

  @SignalMethod
  void resolve(AnswerMessage message);

  @QueryMethod
  List<Ask> asks();

  /**
   * @param answered every ask that was open when an answer came
   */
  record StepEnd(String id, boolean abandoned, String detail, Duration took, List<Ask> answered) {}
}
