package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.deploy.DeployResult;
import dev.signalbox.workflows.deploy.DeployStatus;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.policy.Pipeline;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a migration and a restore by hand have beside their runbooks: they wait for people without
 * holding anything, take the lease then, and tell the ledger how they ended.
 */
abstract class RunByHand extends LeasedRun {
  private static final String APPROVAL = "approval";
  private static final String LEASE = "lease";

  final AskedApproval approval;
  final PolicyNews rules;
  private final NoticeBoard board;
  private final AskedQuestions questions;
  private final OnTheSide aside = new OnTheSide(timeline);
  private String stage;
  private DeployResult result;

  /**
   * @param stage in which it begins
   */
  RunByHand(String project, String environment, String stage) {
    super(project, environment);
    this.stage = stage;
    this.board = new NoticeBoard(project, this::pipeline, () -> null, timeline, aside);
    this.approval = approval(board, "");
    this.rules = new PolicyNews(project, environment, this::pipeline, () -> !lease.held());
    this.questions = new AskedQuestions(asks, board, environment, this::pipeline);
  }

  /** The policy as it was read last; null until it was. */
  abstract Pipeline pipeline();

  /** The commit that it is about; null = none is on record. */
  abstract String revision();

  /** What people are asked to approve; null until that is known. */
  abstract String digest();

  /** Noted where the engine alone can tell it, with no worker. */
  final void enter(String next, String digest) {
    stage = next;
    Workflow.upsertMemo(Map.of("stage", next, "digest", digest));
  }

  /**
   * Puts it before the people who may say yes, and waits for them.
   *
   * @param title the first line of its card
   * @param requester who asked for the run
   * @return how that ended; given up = the rules changed, so that this is asked of nobody any more
   */
  final ApprovalGate.Verdict approved(
      Ask ask, String title, String requester, String reason, List<Part> parts) {
    stage = APPROVAL;
    Workflow.upsertMemo(Map.of("stage", stage, "digest", ask.digest(), "ask", ask.id()));
    List<Part> all = new ArrayList<>(List.of(RunText.heading(ask, requester, reason)));
    all.addAll(parts);
    String run = Workflow.getInfo().getWorkflowId();
    ApprovalGate.Verdict verdict =
        approval.await(
            ask,
            new AskedApproval.Story(
                title,
                all,
                RunText.card(title, all, ask.whose(), run)
                    + RunText.toTick(run, asks.unticked(ask).stream().map(Ask::text).toList())),
            rules::changed);
    switch (verdict.outcome()) {
      case APPROVED -> {}
      case GIVEN_UP -> rules.take().map(Change::sentence).ifPresent(approval::voidBecauseOf);
      case REJECTED, EXPIRED -> timeline.failed(APPROVAL, null, verdict.sentence());
    }
    return verdict;
  }

  /** Waits for it, for as long as it takes. */
  final void takeLease() {
    enter(LEASE, digest());
    timeline.waiting(LEASE, "queued at the ledger");
    lease.take(revision(), () -> false);
    timeline.done(LEASE, "number " + lease.number());
  }

  /**
   * Tells the ledger, and gives the lease back with that.
   *
   * @param what it did, in a word
   */
  final DeployResult ended(Ending unsigned, String requester, String what) {
    Ending ending = signed(unsigned);
    Workflow.newDetachedCancellationScope(
            () -> {
              result = result(ending);
              ledger.ended(lease.number(), requester, what, result);
              told(ending, what);
              settle();
            })
        .run();
    return result;
  }

  /** Where people were asked they hear what became of it. */
  private void told(Ending ending, String what) {
    if (approval.asked()) {
      ending
          .event()
          .ifPresent(
              event ->
                  aside.begin(
                      "notice",
                      () ->
                          board.tellAside(
                              event,
                              "end",
                              RunText.report(what, pipeline().environment().name(), ending),
                              List.of())));
    }
    board.close();
    aside.missed();
  }

  private DeployResult result(Ending ending) {
    timeline.failOpen(ending.detail());
    DeployResult changed = ending.deploy();
    return changed == null
        ? DeployResult.alone(
            revision(), ending.result(), ending.detail(), null, null, ending.mixed(), timeline)
        : changed.with(timeline);
  }

  @Override
  final void heard(Hint hint) {
    rules.heard(hint);
  }

  /** It waits for no freeze and no lock: it is refused while there is one. */
  @Override
  public void ordered(LedgerRecord recorded) {}

  @Override
  public final void asked(Ask question) {
    super.asked(question);
    questions.tell(question);
  }

  /** Its steps show it, and nobody was promised word of it. */
  @Override
  public void delayed(Delay delay) {}

  @Override
  public PromotionStatus status() {
    return DeployStatus.of(
        Workflow.getInfo().getWorkflowId(), revision(), digest(), stage, asks, timeline, result);
  }
}
