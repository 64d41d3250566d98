package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.github.EndOfRun.MadeBranch;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Asks the engine about other runs: workflow code cannot describe them. */
@ActivityInterface(namePrefix = "Ledger")
public interface LedgerActivities {

  /**
   * Whether the holder of a lease and the environment's deploy are both closed, and how the deploy
   * ended. A run that the engine does not know is closed.
   */
  @ActivityMethod
  HolderState inspect(HolderQuery query);

  /**
   * The revision that a commit stands for, where one of these environments' ledgers recorded it as
   * a promotion's merge; the commit itself otherwise, and where there is no ledger.
   */
  @ActivityMethod
  String revisionBehind(CommitQuery query);

  /**
   * The branch that a promotion made for itself, by its own record in the engine; null = it made
   * none, or the engine does not know the run any more.
   */
  @ActivityMethod
  MadeBranch madeBranch(RunQuery query);

  /**
   * Tells an environment's ledger what somebody decided in a run. <em>Marked</em>: the ledger knows
   * a decision that it was told already. Fails where there is no ledger.
   */
  @ActivityMethod
  void tell(ToldDecision told);

  record ToldDecision(String project, String environment, RunDecision decision) {}

  /**
   * What a run has left with the engine for the ledger of decisions in it: of one that was
   * terminated the last may not have arrived. Empty where the engine does not know the run any
   * more.
   */
  @ActivityMethod
  SaidDecisions decisions(RunQuery query);

  /**
   * @param decisions oldest first
   */
  record SaidDecisions(List<RunDecision> decisions) {
    public SaidDecisions {
      decisions = decisions == null ? List.of() : List.copyOf(decisions);
    }
  }

  /**
   * @param runId first run id of the promotion
   */
  record RunQuery(String project, String workflowId, String runId) {}

  /** What one environment's ledger has on record about a commit; nothing where there is none. */
  @ActivityMethod
  LedgerRecord record(RecordQuery query);

  record RecordQuery(String project, String environment, String commit) {}

  record CommitQuery(String project, List<String> environments, String commit) {
    public CommitQuery {
      environments = environments == null ? List.of() : List.copyOf(environments);
    }
  }

  /**
   * @param runId first run id of the holder
   * @param deployId the environment's fence, whoever runs under it
   */
  record HolderQuery(String project, String workflowId, String runId, String deployId) {}

  /**
   * @param deployResult of the closed deploy, when it was made for this holder; null = none or not
   *     known
   * @param deployLost whether the last deploy closed without a result: terminated, cancelled,
   *     failed
   * @param ending how the holder closed without a result, in words; null = it runs, has a result,
   *     or nothing is known of it
   */
  record HolderState(
      boolean holderClosed,
      boolean deployClosed,
      DeployResult deployResult,
      boolean deployLost,
      String ending) {
    /** One of whose end nothing more is known. */
    public HolderState(
        boolean holderClosed, boolean deployClosed, DeployResult deployResult, boolean deployLost) {
      this(holderClosed, deployClosed, deployResult, deployLost, null);
    }

    public boolean orphaned() {
      return holderClosed && deployClosed;
    }

    /** The holder's deploy has made its release live: what is left of the holder is its report. */
    public boolean deployedLive() {
      return deployResult != null && deployResult.result() == Result.LIVE;
    }
  }
}
