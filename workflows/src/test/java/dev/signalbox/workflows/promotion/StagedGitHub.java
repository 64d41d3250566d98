package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.TARGET_HEAD;

import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.PromotedQuery;
import dev.signalbox.workflows.github.GitHubActivities.PullBody;
import dev.signalbox.workflows.github.GitHubActivities.PullDraft;
import dev.signalbox.workflows.github.GitHubActivities.PullRequest;
import dev.signalbox.workflows.github.GitHubActivities.ResolvedRevision;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.github.LevelOrder;
import dev.signalbox.workflows.github.LevelReport;
import dev.signalbox.workflows.github.MergeProof;
import dev.signalbox.workflows.github.RevertOrder;
import dev.signalbox.workflows.github.RevertPull;
import dev.signalbox.workflows.github.SyncActivities;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The GitHub of a {@link WholeHouse}. */
final class StagedGitHub {
  static final String REVERT = "https://github/8";

  final List<RevertOrder> reverts = new CopyOnWriteArrayList<>();
  private final Runnable atTheMerge;
  volatile boolean tagTaken;
  volatile boolean awayForReverts;
  final List<LevelOrder> levelled = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  volatile String openedWith;
  volatile LevelReport level;

  /** What the run that goes on with it gets; null = GitHub is still away. */
  volatile LevelReport levelLater;

  StagedGitHub(Runnable atTheMerge) {
    this.atTheMerge = atTheMerge;
  }

  GitHubActivities activities() {
    return Engine.knowing(
        GitHubActivities.class,
        Map.of(
            "ensurePull", draft -> opened((PullDraft) draft),
            "createTag", any -> tagged(),
            "createDeployment", any -> 7L,
            "promoted", query -> new ResolvedRevision(((PromotedQuery) query).commit(), null),
            "resolveRevision",
                query -> new ResolvedRevision(((RevisionQuery) query).revision(), "Add a thing"),
            "merge", any -> merged(),
            "updatePull", body -> written((PullBody) body),
            "openRevert", order -> reverted((RevertOrder) order)));
  }

  SyncActivities sync() {
    return Engine.knowing(SyncActivities.class, "bringLevel", LevelOrder.class, this::broughtLevel);
  }

  private LevelReport broughtLevel(LevelOrder order) {
    levelled.add(order);
    boolean later =
        Activity.getExecutionContext().getInfo().getWorkflowType().equals("SyncWorkflow");
    LevelReport report = later ? levelLater : level;
    if (report == null) {
      throw ApplicationFailure.newFailure("GitHub answered 503", "Unavailable");
    }
    return report;
  }

  private PullRequest opened(PullDraft draft) {
    openedWith = draft.body();
    return new PullRequest(7, "https://github/7");
  }

  private Object written(PullBody body) {
    bodies.add(body.body());
    return null;
  }

  private Object tagged() {
    if (tagTaken) {
      throw ApplicationFailure.newNonRetryableFailure("it is not moved", "Rejected");
    }
    return null;
  }

  private MergeProof merged() {
    atTheMerge.run();
    return new MergeProof("e".repeat(40), List.of(TARGET_HEAD, REVISION), "tree", "tree", null);
  }

  private RevertPull reverted(RevertOrder order) {
    if (awayForReverts) {
      throw ApplicationFailure.newFailure("GitHub answered 503", "Unavailable");
    }
    reverts.add(order);
    return RevertPull.opened(REVERT);
  }
}
