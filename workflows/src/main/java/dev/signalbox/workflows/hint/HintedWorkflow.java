package dev.signalbox.workflows.hint;

import io.temporal.workflow.SignalMethod;

/** The door of a workflow that can be told to look. */
public interface HintedWorkflow {
  /** Name of the signal. */
  String HINT = "hint";

  @SignalMethod(
      name = HINT,
      description = "Something may have changed outside: it is looked at, and what is read decides")
  void hint(Hint hint);
}
