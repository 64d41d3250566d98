package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.deploy.AnswerableRun;
import dev.signalbox.workflows.deploy.PreviewDeploy;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.hint.Hints;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import dev.signalbox.workflows.promotion.CurrentDetails;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.PreviewActivities.Ensured;
import dev.signalbox.workflows.railway.PreviewActivities.Removed;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the pull request, brings its newest commit into the environment, rests until something
 * changes, and takes the environment away when the pull request is closed or somebody says so. A
 * cancel means the same as that: nothing is left behind.
 */
public final class PreviewEnvWorkflowImpl extends AnswerableRun implements PreviewEnvWorkflow {
  private final PreviewOrders orders = new PreviewOrders(Workflow.getInfo().getWorkflowId());
  private final Hints hints = new Hints();
  private final Questions people;
  private final PreviewReads reads;
  private final PullSight sight;
  private final ForkGate forks;
  private final PreviewWish wish;
  private PreviewState state;
  private PreviewDesk desk;
  private boolean room;

  /** The commit after whose failure it was looked whether somebody renamed the environment. */
  private String lookedAt;

  @WorkflowInit
  public PreviewEnvWorkflowImpl(PreviewState state) {
    super(state.project(), null);
    this.state = state.begun(now());
    this.reads = new PreviewReads(state.project(), state.number());
    this.sight = new PullSight(reads);
    this.forks = new ForkGate(orders, state.use().consent());
    this.wish = new PreviewWish(reads, sight, forks, orders, () -> this.state);
    this.people =
        Questions.toldBy(ask -> desk.asked(ask), asks)
            .until(() -> stage() == Stage.DEPLOYING && wish.superseded(sight.pull().head()));
  }

  @Override
  public void run(PreviewState same) {
    CurrentDetails.follow(this);
    Removal.onCancel(orders);
    Workflow.newDetachedCancellationScope(this::live).run();
  }

  private void live() {
    boolean over = false;
    while (!over) {
      Optional<String> no = look();
      if (no.isPresent()) {
        int looks = sight.looks();
        boolean told = !orders.destroying();
        leave(no.get());
        sight.forget();
        told &= stage() == Stage.GONE && sight.looks() > looks;
        over = !orders.anyWanted() && !(told && wish.again());
      } else {
        forks.judge(settings(), sight.pull());
        if (forks.closed(settings(), sight.pull())) {
          enter(Stage.CONSENT, forks.ask(settings(), sight.pull(), state, desk));
          timeline.waiting("consent", state.detail());
        } else if (due() || state.stage() == Stage.CONSENT) {
          sight.follow(settings());
          bring();
        } else if (stage() == Stage.WAITING) {
          desk.waitsStill(sight.pull().head(), state.detail());
        }
        rest();
      }
    }
    Workflow.await(() -> Workflow.isEveryHandlerFinished() && forks.quiet());
  }

  /** Why there must be no preview; empty = it is wanted. */
  private Optional<String> look() {
    Optional<String> unread = wish.readSettings();
    if (unread.isPresent()) {
      return unread;
    }
    if (desk == null) {
      desk = PreviewDesk.of(settings(), state, this::outdated);
      state = state.telling(null);
    }
    asks.judgeBy(settings().base(), state.requester());
    Optional<String> unknown = wish.readPull();
    if (orders.destroying()) {
      return Optional.of(orders.cancelled() ? signed(orders.destroyer()) : orders.destroyer());
    }
    return unknown.isPresent() ? unknown : wish.objection();
  }

  private boolean due() {
    return state.due(sight.pull().head(), room, orders.anyToMake());
  }

  private void bring() {
    String head = sight.pull().head();
    room = false;
    enter(Stage.CREATING, state.stage() == Stage.BLOCKED ? state.detail() : null);
    orders.answerWanted(
        Outcome.STARTED,
        head,
        PreviewText.begun(desk.environment(), settings().previews().source(), head));
    timeline.begin("environment");
    Ensured ensured;
    try {
      ensured =
          new WhileWanted<>(() -> reads.ensure(settings(), desk.environment(), orders.id(), state))
              .unless(wish::unwanted);
    } catch (ActivityFailure failure) {
      if (wish.unwanted()) {
        return;
      }
      timeline.failed("environment", null, Causes.message(failure));
      failed(head, PreviewReads.ended(Causes.message(failure)));
      return;
    }
    if (ensured.full() != null) {
      waiting(head, ensured.full());
      return;
    }
    if (ensured.conflict() != null) {
      blocked(head, ensured);
      return;
    }
    desk.called(settings().previews().railways() ? ensured.name() : null);
    if (ensured.state() == null) {
      refused(head, ensured);
      return;
    }
    timeline.done("environment", ensured.state().environmentId());
    // Not before its turn: a hundred that begin at once would write more than GitHub lets anybody.
    desk.making(settings().previews().source(), head);
    deploy(head, ensured);
  }

  private void deploy(String head, Ensured ensured) {
    EnvironmentState environment = ensured.state();
    if (wish.superseded(head)) {
      state = state.in(environment.environmentId(), null);
      return;
    }
    Pipeline pipeline =
        PreviewPipeline.of(settings(), ensured.called().orElseGet(desk::environment));
    state = state.in(environment.environmentId(), PreviewPipeline.addresses(pipeline, environment));
    enter(Stage.DEPLOYING, null);
    PreviewDeploy deploy =
        PreviewReads.deploy(
            settings(), pipeline, desk.environment(), environment, head, state, timeline, people);
    PreviewDeploy.End end = new WhileWanted<>(deploy::carryOut).unless(() -> wish.superseded(head));
    state = end.cancelled() ? state : state.having(end.schema());
    if (orders.lost(state.environmentId())) {
      state = state.without();
    } else if (end.good()) {
      ready(head, ensured.missing());
    } else if (!wish.superseded(head) && !renamed(head, ensured)) {
      failed(head, end);
    }
  }

  /** Whether it failed because a person renamed the environment: it is begun again, once. */
  private boolean renamed(String head, Ensured before) {
    boolean looks =
        Workflow.getVersion("look whether it was renamed", Workflow.DEFAULT_VERSION, 1)
            != Workflow.DEFAULT_VERSION;
    if (!looks || head.equals(lookedAt)) {
      return false;
    }
    lookedAt = head;
    try {
      Ensured now = reads.ensure(settings(), desk.environment(), orders.id(), state);
      return now.state() != null && !now.called().equals(before.called());
    } catch (ActivityFailure unread) {
      return false;
    }
  }

  private boolean outdated(StatusState word) {
    return word == StatusState.INACTIVE ? orders.anyWanted() : wish.superseded(sight.pull().head());
  }

  private void ready(String head, List<String> missing) {
    state = state.with(head).broughtAt(now());
    enter(Stage.READY, "live and verified");
    desk.ready(settings().previews().source(), head, state, missing);
  }

  private void failed(String head, PreviewDeploy.End end) {
    state = state.with(head).broughtAt(now());
    enter(Stage.FAILED, end.detail());
    desk.failed(head, end, state.urls());
  }

  private void waiting(String head, String why) {
    timeline.waiting("environment", why);
    enter(Stage.WAITING, why);
    desk.waiting(head, why);
  }

  /** While Railway makes its own, or does not where it should. */
  private void blocked(String head, Ensured ensured) {
    String why = ensured.conflict();
    timeline.waiting("environment", why);
    if (!why.equals(state.detail())) {
      desk.blocked(head, why);
    }
    giveWay(ensured, why);
    state = state.with(head);
    enter(Stage.BLOCKED, why);
  }

  /** A pull request has one environment: where Railway has made another, ours goes. */
  private void giveWay(Ensured ensured, String why) {
    if (ensured.name() != null && !desk.railways() && state.environmentId() != null) {
      var unused = removed(why);
      state = state.without();
    }
  }

  private void refused(String head, Ensured ensured) {
    String why = String.join("; ", ensured.obstacles());
    timeline.failed("environment", null, why);
    giveWay(ensured, why);
    state = state.with(head);
    enter(Stage.REFUSED, why);
    desk.refused(head, ensured.obstacles());
  }

  private void rest() {
    if (stage() != Stage.CONSENT) {
      // Who consented while the question was being posted is judged first.
      orders.answerWanted(
          Outcome.ALREADY_THERE, state.revision(), PreviewText.standing(desk.environment(), state));
    }
    sight.await(
        () ->
            orders.destroying()
                || orders.anyWanted()
                || sight.changed()
                || due()
                || orders.endUntold()
                || Workflow.getInfo().isContinueAsNewSuggested());
    state = desk.endTold(settings(), state, orders.takeEnd());
    if (orders.anyWanted()) {
      // Who asks has perhaps just pushed: not what was read a while ago decides.
      sight.forget();
    } else if (Workflow.getInfo().isContinueAsNewSuggested() && !orders.destroying()) {
      sight.forget();
      Workflow.await(Workflow::isEveryHandlerFinished);
      Workflow.continueAsNew(state.telling(desk.told()));
    }
  }

  // ---- away

  private void leave(String why) {
    orders.answerWanted(Outcome.REFUSED, null, "no preview of #" + state.number() + ": " + why);
    forks.close();
    boolean perhapsThere =
        state.environmentId() != null || orders.destroying() || stage().busy() || sight.closed();
    boolean railways = wish.keptByRailway().isPresent();
    if (!wish.configured() || !perhapsThere || railways) {
      orders.destroyed();
      if (desk != null && stage().announced()) {
        desk.withdrawn(state.revision(), why);
      }
      enter(Stage.REFUSED, why);
      return;
    }
    enter(Stage.REMOVING, why);
    state = state.declinedAt(orders.destroying() ? sight.head() : null);
    timeline.begin("remove");
    Removed removed = removed(why);
    orders.destroyed();
    if (removed.foreign() != null) {
      timeline.failed("remove", null, removed.foreign());
      desk.left(state.revision(), removed.foreign());
      enter(Stage.REFUSED, removed.foreign());
      return;
    }
    timeline.done("remove", removed.there() ? "Railway lists it no more" : "there was none");
    desk.gone(removed.there(), state.revision(), why);
    state = state.without();
    enter(Stage.GONE, removed.there() ? why : "there was no environment " + desk.environment());
  }

  private Removed removed(String why) {
    return new Removal(
            orders, () -> reads.remove(settings(), desk.environment(), orders.id(), state))
        .carryOut(message -> stuck(why, message));
  }

  private void stuck(String why, String message) {
    if (state.stage() != Stage.STUCK) {
      desk.stuck(message);
    }
    enter(Stage.STUCK, why + "; " + message);
    timeline.waiting("remove", message);
  }

  // ---- doors

  @Override
  public RequestAnswer request(PreviewOrder order) {
    if (orders.answered(order)) {
      return orders.answer(order);
    }
    Optional<String> kept = wish.keptByRailway();
    if (order.destroys() && kept.isPresent()) {
      return orders.answer(order, Outcome.REFUSED, state.revision(), kept.get());
    }
    if (order.destroys()) {
      orders.destroy(order);
      return orders.answer(
          order, Outcome.STARTED, state.revision(), "the preview of #" + state.number() + " goes");
    }
    if (order.makes()) {
      state = state.askedBy(order.requester()).activeAt(now());
    }
    if (state.stage() != null && state.stage().busy()) {
      sight.look();
      forks.judge(settings(), sight.latest(), order);
      return orders.answerOnce(order, Outcome.JOINED, sight.head(), "it is being made");
    }
    orders.want(order);
    if (state.stage() != null && state.stage().leaving()) {
      return orders.answer(
          order, Outcome.QUEUED, null, "it is being removed, and made again after that");
    }
    Workflow.await(() -> orders.answered(order));
    return orders.answer(order);
  }

  @Override
  public void hint(Hint hint) {
    if (hints.take(hint)) {
      sight.look();
    }
  }

  @Override
  public void swept(Sighting seen) {
    state = state.after(seen);
    room |= seen.letsGoOn(stage());
    orders.swept(seen, stage().rests());
    sight.look();
  }

  @Override
  public PromotionStatus status() {
    return status(state.revision(), null, stage().word());
  }

  @Override
  public PreviewStatus preview() {
    return PreviewStatus.of(orders.id(), desk, state.at(stage(), state.detail()), sight);
  }

  private PreviewSettings settings() {
    return wish.settings();
  }

  private Stage stage() {
    return state.stage() == null ? Stage.BEGINNING : state.stage();
  }

  private void enter(Stage stage, String detail) {
    state = state.at(stage, detail).consenting(forks.consent());
  }
}
