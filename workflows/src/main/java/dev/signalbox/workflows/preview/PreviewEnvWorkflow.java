package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.approval.AnswerableWorkflow;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.hint.HintedWorkflow;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * The environment of one pull request, from the first wish for it until it is gone. Its id is its
 * lock: whatever is done to the environment is done in here.
 */
@WorkflowInterface
public interface PreviewEnvWorkflow extends AnswerableWorkflow, HintedWorkflow {

  @WorkflowMethod(name = "PreviewEnvWorkflow")
  void run(PreviewState state);

  /** Whoever asks for the preview, or for its end; answered once the pull request was looked at. */
  @UpdateMethod(name = "request")
  RequestAnswer request(PreviewOrder order);

  @QueryMethod(name = "preview", description = "How the environment stands")
  PreviewStatus preview();

  static String id(String project, int number) {
    return "preview/" + project + "/pr-" + number;
  }
}
