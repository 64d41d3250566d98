package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.approval.AnswerableWorkflow;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.hint.HintedWorkflow;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.OptionalInt;

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

  /** A sweep saw that something is not as this run knows it. */
  @SignalMethod(name = "swept")
  void swept(Sighting seen);

  @QueryMethod(name = "preview", description = "How the environment stands")
  PreviewStatus preview();

  static String id(String project, int number) {
    return "preview/" + project + "/pr-" + number;
  }

  /** Whose preview it is by this id; empty = none of this project's. */
  static OptionalInt number(String project, String id) {
    String before = "preview/" + project + "/pr-";
    return id.startsWith(before) && id.substring(before.length()).matches("[1-9][0-9]{0,8}")
        ? OptionalInt.of(Integer.parseInt(id.substring(before.length())))
        : OptionalInt.empty();
  }
}
