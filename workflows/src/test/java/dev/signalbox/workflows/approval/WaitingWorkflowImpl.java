package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;

import dev.signalbox.workflows.policy.Approvals;
import dev.signalbox.workflows.policy.Pipeline;
import java.util.ArrayList;
import java.util.List;

public final class WaitingWorkflowImpl implements WaitingWorkflow, Nudges {
  private final List<String> told = new ArrayList<>();
  private final Asks asks = new Asks(new Proofs("inspector", null));

  @Override
  public String run(Approvals rule) {
    ApprovalGate gate = new ApprovalGate(asks);
    Pipeline pipeline = aPipeline().approved(rule).build();
    asks.judgeBy(pipeline, "bob");
    Ask ask = gate.open(pipeline, "b".repeat(64), "May it go?", List.of(), List.of());
    return gate.await(ask, () -> false, this).sentence();
  }

  @Override
  public void remind(Ask ask, List<Need> missing, int number) {
    told.add("reminder " + number + ": " + Need.words(missing));
  }

  @Override
  public void escalate(Ask ask, List<String> people) {
    told.add("asked too: " + String.join(", ", people));
  }

  @Override
  public void approve(ApprovalMessage message) {
    asks.take(Answer.of(Asks.APPROVE, message));
  }

  @Override
  public List<String> told() {
    return told;
  }

  @Override
  public List<Decision> decisions() {
    return asks.decisions();
  }

  @Override
  public List<Ask> open() {
    return asks.open();
  }
}
