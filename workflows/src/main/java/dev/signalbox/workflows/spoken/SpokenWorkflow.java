package dev.signalbox.workflows.spoken;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Carries out one command and answers it where it was said; a decision is answered once more when
 * it is judged, however long that takes. Runs in the gateways, so that it needs no worker.
 */
@WorkflowInterface
public interface SpokenWorkflow {
  /** Name of the type. */
  String TYPE = "SpokenWorkflow";

  @WorkflowMethod(name = TYPE)
  void run(SpokenWords words);

  /** The same message is the same run: it is carried out once. */
  static String id(SpokenWords words) {
    return "spoken/" + words.project() + "/" + words.door() + "-" + words.message();
  }
}
