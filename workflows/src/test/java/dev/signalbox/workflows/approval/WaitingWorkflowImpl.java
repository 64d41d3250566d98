package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;

import dev.signalbox.workflows.release.ReleaseSet;
import java.util.List;

public final class WaitingWorkflowImpl implements WaitingWorkflow {
  private final Asks asks = new Asks(new Proofs("inspector", null));

  @Override
  public void run() {
    ApprovalGate gate = new ApprovalGate(asks);
    ReleaseSet release =
        new ReleaseSet(
            "a".repeat(40),
            null,
            false,
            null,
            null,
            null,
            "b".repeat(64),
            "calm-owl",
            null,
            null,
            null,
            0,
            null,
            null,
            null);
    gate.await(gate.open(aPipeline().build(), release), () -> false);
  }

  @Override
  public List<Ask> open() {
    return asks.open();
  }
}
