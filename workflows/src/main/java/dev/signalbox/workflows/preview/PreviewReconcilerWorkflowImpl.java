package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Asides;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.ProjectQuery;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.policy.PreviewUpkeep;
import dev.signalbox.workflows.preview.SurveyActivities.Found;
import dev.signalbox.workflows.preview.SurveyActivities.Survey;
import dev.signalbox.workflows.preview.SurveyActivities.SurveyQuery;
import dev.signalbox.workflows.preview.SweepReport.Deed;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One loop compares and mends; handlers only note that somebody wants it done. */
public final class PreviewReconcilerWorkflowImpl implements PreviewReconcilerWorkflow {
  /** Sweeps after which it continues as new: half a day's worth of history. */
  private static final int TURN_AFTER = 100;

  /** Whoever tells of news is about to act on it. */
  private static final Duration AFTER_NEWS = Duration.ofMinutes(1);

  private final TaskQueues queues;
  private PreviewsState state;
  private Duration interval = PreviewUpkeep.USUAL.sweep();
  private Instant due = now().plus(AFTER_NEWS);
  private int asked;
  private int answered;
  private int sweeps;
  private boolean over;

  @WorkflowInit
  public PreviewReconcilerWorkflowImpl(PreviewsState state) {
    this.state = state;
    this.queues = new TaskQueues(state.project());
  }

  @Override
  public void run(PreviewsState same) {
    do {
      awaitTurn();
      sweep();
      if (over || pageFull()) {
        Workflow.await(() -> asked > answered || Workflow.isEveryHandlerFinished());
      }
    } while (asked > answered || !(over || pageFull()));
    if (!over) {
      Workflow.continueAsNew(state);
    }
  }

  private void awaitTurn() {
    while (asked == answered && now().isBefore(due)) {
      Instant till = due;
      Workflow.await(Duration.between(now(), till), () -> asked > answered || due.isBefore(till));
    }
  }

  private void sweep() {
    int upTo = asked;
    sweeps++;
    SweepReport report = report();
    state = new PreviewsState(state.project(), report, state.declined(), state.known());
    over = !report.configured();
    due = now().plus(interval);
    answered = upTo;
  }

  private SweepReport report() {
    try {
      PreviewSettings settings =
          Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
              .previews(new ProjectQuery(state.project()));
      if (settings.previews() == null) {
        return SweepReport.unconfigured(now());
      }
      interval = settings.previews().upkeep().sweep();
      Survey survey = survey(settings);
      remember(survey);
      SweepReport report = new SweepRules(settings, survey, state.declined()).report(now());
      report.deeds().forEach(this::mend);
      return report;
    } catch (ActivityFailure unread) {
      Causes.rethrowCancel(unread);
      return SweepReport.failed(now(), Causes.message(unread));
    }
  }

  private Survey survey(PreviewSettings settings) {
    Home home = settings.base().home();
    return new Asides<>(SurveyActivities.class, queues.workflows())
        .ask(
            "compare the previews",
            activities ->
                activities.survey(
                    new SurveyQuery(
                        state.project(),
                        settings.base().project().github(),
                        home.project(),
                        home.token(),
                        settings.previews(),
                        state.known())));
  }

  private void remember(Survey survey) {
    List<String> known = survey.environments().stream().filter(Found::ours).map(Found::id).toList();
    state =
        new PreviewsState(
            state.project(), state.last(), SweepRules.declined(survey, state.declined()), known);
  }

  private void mend(Deed deed) {
    Workflow.getLogger(PreviewReconcilerWorkflowImpl.class)
        .info("mending number={} deed={} why={}", deed.number(), deed.kind(), deed.why());
    switch (deed.kind()) {
      case BEGUN -> begin(deed);
      case TOLD -> tell(deed);
    }
  }

  private void begin(Deed deed) {
    PreviewEnvWorkflow run =
        Workflow.newChildWorkflowStub(
            PreviewEnvWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(PreviewEnvWorkflow.id(state.project(), deed.number()))
                .setTaskQueue(queues.workflows())
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .build());
    var unused =
        Async.procedure(
            run::run,
            PreviewState.fresh(state.project(), deed.number()).found(deed.environmentId()));
    try {
      Workflow.getWorkflowExecution(run).get();
    } catch (ChildWorkflowFailure already) {
      // A webhook was faster.
    }
  }

  private void tell(Deed deed) {
    try {
      Workflow.newExternalWorkflowStub(
              PreviewEnvWorkflow.class, PreviewEnvWorkflow.id(state.project(), deed.number()))
          .swept(new Sighting(deed.environmentId(), deed.lost()));
    } catch (SignalExternalWorkflowException ended) {
      // It has ended meanwhile, and the next sweep sees that.
    }
  }

  private boolean pageFull() {
    return sweeps >= TURN_AFTER || Workflow.getInfo().isContinueAsNewSuggested();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  // ---- doors

  @Override
  public void hint(Hint hint) {
    Instant soon = now().plus(AFTER_NEWS);
    due = soon.isBefore(due) ? soon : due;
  }

  @Override
  public SweepReport sweep(SweepOrder order) {
    int mine = ++asked;
    Workflow.await(() -> answered >= mine);
    return state.last();
  }

  @Override
  public SweepReport last() {
    return state.last();
  }
}
