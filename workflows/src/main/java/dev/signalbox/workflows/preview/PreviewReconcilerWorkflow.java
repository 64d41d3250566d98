package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.hint.HintedWorkflow;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Sees to it that there is a preview for each open pull request that should have one, and none
 * besides, however many webhooks are lost: it compares, and tells the runs of what is not so. It
 * makes and removes nothing by itself.
 */
@WorkflowInterface
public interface PreviewReconcilerWorkflow extends HintedWorkflow {

  @WorkflowMethod(name = "PreviewReconcilerWorkflow")
  void run(PreviewsState state);

  /** Compares now; answered when that is done. */
  @UpdateMethod(name = "sweep")
  SweepReport sweep(SweepOrder order);

  /** Whether the environment of this preview may be made now. Asked again, it is the same turn. */
  @UpdateMethod(name = "slot")
  SlotAnswer slot(SlotRequest request);

  /** Railway lists the environment of this pull request no more: it takes no room. */
  @SignalMethod(name = "freed")
  void freed(int number);

  @QueryMethod(name = "previews", description = "What the last sweep found")
  SweepReport last();

  @QueryMethod(name = "slots", description = "Who may make an environment, and who is next")
  Slots slots();

  static String id(String project) {
    return "previews/" + project;
  }
}
