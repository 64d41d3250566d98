package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovableWorkflow;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.environment.LeaseGrant;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.hint.HintedWorkflow;
import io.temporal.workflow.SignalMethod;

/** The doors of a run that takes the environment's lease and has a child under the deploy's id. */
public interface LeasedWorkflow extends ApprovableWorkflow, HintedWorkflow {

  @SignalMethod(
      name = "leaseGranted",
      description = "From the ledger: the environment's lease is this run's")
  void leaseGranted(LeaseGrant grant);

  /**
   * @param recorded what the ledger has on record about the run's revision, as of now
   */
  @SignalMethod(
      name = "ordered",
      description = "From the ledger: people have ordered something of the environment")
  void ordered(LedgerRecord recorded);

  @SignalMethod(name = "asked", description = "From the deploy: a question is open")
  void asked(Ask question);

  @SignalMethod(name = "answered", description = "From the deploy: a question is closed")
  void answered(String questionId);

  @SignalMethod(name = "delayed", description = "From the deploy: something takes long")
  void delayed(Delay delay);

  @SignalMethod(
      name = "deployEnded",
      description = "From a cancelled deploy, whose result the engine drops: how it ended")
  void deployEnded(DeployResult deployResult);
}
