package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Asides;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.ProjectQuery;
import dev.signalbox.workflows.policy.PreviewPolicy;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.policy.PreviewUpkeep;
import dev.signalbox.workflows.policy.PreviewUpkeep.WhenFull;
import dev.signalbox.workflows.preview.SurveyActivities.Found;
import dev.signalbox.workflows.preview.SurveyActivities.Survey;
import dev.signalbox.workflows.preview.SurveyActivities.SurveyQuery;
import dev.signalbox.workflows.preview.SweepReport.Deed;
import dev.signalbox.workflows.preview.SweepReport.Kind;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One loop compares and mends; handlers only note that somebody wants it done. */
public final class PreviewReconcilerWorkflowImpl implements PreviewReconcilerWorkflow {
  /** Sweeps after which it continues as new: half a day's worth of history. */
  private static final int TURN_AFTER = 100;

  /** Whoever tells of news is about to act on it. */
  private static final Duration AFTER_NEWS = Duration.ofMinutes(1);

  /** Who was answered that there is no room has said so by then, and several that go have gone. */
  private static final Duration ONCE_IT_WAITS = Duration.ofSeconds(5);

  private final TaskQueues queues;
  private PreviewsState state;
  private PreviewUpkeep upkeep = PreviewUpkeep.USUAL;
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
    state = state.swept(report);
    over = !report.configured();
    due = now().plus(upkeep.sweep());
    if (report.deeds().stream().anyMatch(deed -> deed.kind() == Kind.REMOVED)) {
      sweepAt(now().plus(AFTER_NEWS));
    }
    answered = upTo;
  }

  private SweepReport report() {
    try {
      PreviewSettings settings = settings();
      if (settings.previews() == null) {
        return SweepReport.unconfigured(now());
      }
      Survey survey = survey(settings);
      remember(survey);
      SweepReport report =
          new SweepRules(settings, survey, state.declined(), new SlotBook(state.slots()))
              .report(now());
      report.deeds().forEach(this::mend);
      return report;
    } catch (ActivityFailure unread) {
      Causes.rethrowCancel(unread);
      return SweepReport.failed(now(), Causes.message(unread));
    }
  }

  private PreviewSettings settings() {
    PreviewSettings settings =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
            .previews(new ProjectQuery(state.project()));
    if (settings.previews() != null) {
      upkeep = settings.previews().upkeep();
    }
    return settings;
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
    state =
        state.having(
            SweepRules.declined(survey, state.declined()),
            survey.environments().stream().filter(Found::ours).map(Found::id).toList());
  }

  private void mend(Deed deed) {
    Workflow.getLogger(PreviewReconcilerWorkflowImpl.class)
        .info("mending number={} deed={} why={}", deed.number(), deed.kind(), deed.why());
    switch (deed.kind()) {
      case BEGUN -> begin(deed);
      case TOLD, REMOVED -> tell(deed);
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
            PreviewState.fresh(state.project(), deed.number())
                .found(deed.environmentId(), deed.let()));
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
          .swept(
              new Sighting(
                  deed.environmentId(),
                  deed.lost(),
                  deed.room(),
                  deed.kind() == Kind.REMOVED ? deed.why() : null,
                  deed.end(),
                  deed.twice(),
                  deed.let()));
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
    sweepAt(now().plus(AFTER_NEWS));
  }

  @Override
  public SweepReport sweep(SweepOrder order) {
    int mine = ++asked;
    Workflow.await(() -> answered >= mine);
    return state.last();
  }

  @Override
  public SlotAnswer slot(SlotRequest request) {
    PreviewPolicy policy = settings().previews();
    Set<Integer> there =
        request.there().stream()
            .flatMap(name -> policy == null ? Stream.of() : policy.number(name).stream().boxed())
            .collect(Collectors.toSet());
    there.addAll(request.renamed());
    SlotBook book = new SlotBook(state.slots());
    SlotAnswer answer =
        request.begins() && book.begins(request.number(), now())
            ? SlotAnswer.granted()
            : book.ask(request.number(), there, upkeep, now());
    state = state.with(book.slots());
    if (answer.kind() == SlotAnswer.Kind.FULL && upkeep.whenFull() == WhenFull.REMOVE_IDLE) {
      sweepAt(now().plus(ONCE_IT_WAITS));
    }
    return answer;
  }

  @Override
  public void freed(int number) {
    SlotBook book = new SlotBook(state.slots());
    book.freed(number);
    state = state.with(book.slots());
    if (upkeep.limit() != null) {
      sweepAt(now().plus(ONCE_IT_WAITS));
    }
  }

  private void sweepAt(Instant soon) {
    due = soon.isBefore(due) ? soon : due;
  }

  @Override
  public Slots slots() {
    return state.slots();
  }

  @Override
  public SweepReport last() {
    return state.last();
  }
}
