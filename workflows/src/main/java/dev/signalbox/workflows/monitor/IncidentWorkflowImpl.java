package dev.signalbox.workflows.monitor;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.approval.Proofs;
import dev.signalbox.workflows.approval.Reason;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.OrderAnswer;
import dev.signalbox.workflows.environment.OutageReport;
import dev.signalbox.workflows.environment.RunDecision;
import dev.signalbox.workflows.monitor.IncidentActivities.IssueAnswer;
import dev.signalbox.workflows.monitor.IncidentActivities.IssueOrder;
import dev.signalbox.workflows.monitor.IncidentActivities.LedgerQuery;
import dev.signalbox.workflows.monitor.IncidentState.ReleaseSight;
import dev.signalbox.workflows.plan.PlanReport.RollbackOutlook;
import dev.signalbox.workflows.plan.PlanRequest;
import dev.signalbox.workflows.plan.PlanWorkflow;
import dev.signalbox.workflows.plan.WayBack;
import dev.signalbox.workflows.policy.MonitorPolicy.ClosedByHand;
import dev.signalbox.workflows.policy.MonitorPolicy.IncidentPolicy;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowLock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one issue true until everything is well again. While GitHub is away it waits, and writes
 * what is so when that answers: news are never a queue.
 */
public final class IncidentWorkflowImpl implements IncidentWorkflow {
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);
  private static final int LONGEST_DETAIL = 300;

  private final IncidentState start;
  private final TaskQueues queues;
  private final Incident incident;
  private final PolicyActivities file;
  private final IncidentActivities issues;
  private final WorkflowLock oneByOne = Workflow.newWorkflowLock();
  private final LedgerTold ledger;
  private Pipeline pipeline;
  private IncidentPolicy policy = IncidentPolicy.DEFAULTS;

  @WorkflowInit
  public IncidentWorkflowImpl(IncidentState start) {
    this.start = start;
    this.queues = new TaskQueues(start.project());
    this.incident = new Incident(start, now());
    this.ledger = new LedgerTold(start.project(), start.environment());
    this.file = Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local());
    this.issues =
        Workflow.newActivityStub(
            IncidentActivities.class,
            ActivityProfiles.quick(queues.notices(), "issue about the incident"));
  }

  @Override
  public IncidentState run(IncidentState same) {
    readPolicy();
    if (start.release() == null) {
      incident.knows(lastRelease());
    }
    boolean reopen = false;
    do {
      tellUntilOver(reopen);
      write(false, true, over());
      reopen = true;
      // Red again while the end was being written: it is the same outage.
    } while (!incident.recovered() && incident.closed().isEmpty());
    Workflow.await(incident::recovered);
    tellLedger();
    Workflow.await(() -> Workflow.isEveryHandlerFinished() && ledger.quiet());
    return incident.state();
  }

  /**
   * @param reopen whether we closed the issue ourselves
   */
  private void tellUntilOver(boolean reopen) {
    boolean again = reopen;
    while (incident.closed().isEmpty()) {
      turnPage();
      if (!incident.muted(now())) {
        write(true, again || policy.closedByHand() == ClosedByHand.REOPEN, nudge());
        again = false;
      }
      if (incident.closed().isPresent() || stayedUp()) {
        return;
      }
    }
  }

  /** Waits for what is to be told next; true = nothing is, as everything has stayed up. */
  private boolean stayedUp() {
    if (incident.recovered()) {
      return !Workflow.await(
          policy.settle(), () -> !incident.recovered() || incident.closed().isPresent());
    }
    Duration quiet = Duration.between(now(), incident.next(policy, now()));
    Workflow.await(
        quiet.isNegative() ? Duration.ZERO : quiet,
        () ->
            incident.recovered()
                || incident.closed().isPresent()
                || (incident.hasNews() && !incident.muted(now())));
    return false;
  }

  /** A long one begins its history anew; its issue is known by the first run. */
  private void turnPage() {
    if (Workflow.getInfo().isContinueAsNewSuggested()) {
      Workflow.await(() -> Workflow.isEveryHandlerFinished() && ledger.quiet());
      Workflow.newContinueAsNewStub(IncidentWorkflow.class).run(incident.state());
    }
  }

  /** What is said beside the issue. */
  private record Aside(String name, String words, List<String> mentions) {}

  private Aside over() {
    return new Aside("over", IncidentText.over(incident.state()), List.of());
  }

  /** What people are told again, where it is time; null = nothing. */
  private Aside nudge() {
    Instant now = now();
    return incident
        .due(policy, now)
        .map(
            kind -> {
              String words = IncidentText.again(incident.state(), kind, now);
              incident.nudged(kind, now);
              return kind == Nudges.Kind.ESCALATION
                  ? new Aside("escalation", words, mentions())
                  : new Aside(
                      "reminder-" + incident.state().nudges().reminders(), words, List.of());
            })
        .orElse(null);
  }

  private List<String> mentions() {
    return pipeline.people().stream()
        .filter(
            person -> policy.escalateTo().isEmpty() || policy.escalateTo().contains(person.group()))
        .filter(person -> person.github() != null)
        .map(person -> "@" + person.github())
        .distinct()
        .toList();
  }

  private void write(boolean open, boolean reopen, Aside aside) {
    incident.told();
    IncidentState state = incident.state();
    try {
      IssueAnswer answer = issues.write(order(state, open, reopen, aside));
      incident.standsAt(answer.number(), answer.url());
      if (answer.closedByHand()) {
        incident.closedByHand(now());
      }
    } catch (ActivityFailure refused) {
      // It goes on without: who asks for its status reads why, and the next news try again.
      incident.notWritten(now(), Excerpt.of(Causes.message(refused), LONGEST_DETAIL));
    }
  }

  private void tellLedger() {
    IncidentState state = incident.state();
    OutageReport report =
        new OutageReport(
            IncidentWorkflow.id(start.project(), start.environment()),
            state.release() == null ? null : state.release().revision(),
            incident.person(),
            IncidentText.entry(state),
            now());
    ledger.tell(line -> line.outageOver(report));
  }

  private IssueOrder order(IncidentState state, boolean open, boolean reopen, Aside aside) {
    return new IssueOrder(
        start.project(),
        pipeline.project().github(),
        IncidentWorkflow.id(start.project(), start.environment())
            + "/"
            + Workflow.getInfo().getFirstExecutionRunId(),
        state.issue(),
        policy.titleFor(start.environment()),
        policy.labels(),
        IncidentText.body(state, pipeline.project().github()),
        open,
        reopen,
        aside == null ? null : aside.words(),
        aside == null ? null : aside.name(),
        aside == null ? null : aside.mentions(),
        state.openedAt());
  }

  private void readPolicy() {
    PolicyQuery query = new PolicyQuery(start.project(), start.environment());
    pipeline = file.read(query);
    policy =
        Optional.ofNullable(file.monitor(query))
            .map(monitor -> monitor.incident())
            .orElse(IncidentPolicy.DEFAULTS);
  }

  /** As the ledger and Railway know it; whoever is away keeps nobody from being told. */
  private ReleaseSight lastRelease() {
    LedgerStatus known;
    try {
      known =
          Workflow.newActivityStub(
                  IncidentActivities.class,
                  ActivityProfiles.optional(queues.notices(), "last release"))
              .ledger(new LedgerQuery(start.project(), start.environment()));
    } catch (ActivityFailure silent) {
      return null;
    }
    if (known == null || known.live() == null) {
      return null;
    }
    RollbackOutlook outlook = WayBack.onRecord(known).orElseGet(() -> outlook(known));
    return new ReleaseSight(
        known.live().revision(),
        known.live().since(),
        known.former() == null ? null : known.former().revision(),
        outlook.verdict(),
        Excerpt.of(outlook.detail(), LONGEST_DETAIL));
  }

  private RollbackOutlook outlook(LedgerStatus ledger) {
    try {
      return Workflow.newChildWorkflowStub(
              PlanWorkflow.class,
              ChildWorkflowOptions.newBuilder()
                  .setWorkflowId(
                      PlanWorkflow.id(
                          start.project(), start.environment(), Workflow.randomUUID().toString()))
                  .setWorkflowExecutionTimeout(LONGEST_LOOK)
                  .build())
          .run(PlanRequest.wayBack(start.project(), start.environment(), ledger))
          .rollback();
    } catch (ChildWorkflowFailure silent) {
      return RollbackOutlook.of("unknown", "Railway was not read in time");
    }
  }

  @Override
  public void news(News news) {
    incident.take(news);
  }

  // ---- orders

  @Override
  public void validateOrder(IncidentOrder order) {
    require(order.decisionId(), "decisionId");
    require(order.kind() == null ? null : order.kind().word(), "kind");
    require(order.person(), "person");
    require(order.reason(), "reason");
    Reason.tooLong(order.reason())
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
  }

  private static void require(String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing");
    }
  }

  @Override
  public OrderAnswer order(IncidentOrder order) {
    oneByOne.lock();
    try {
      return incident.answer(order.decisionId()).orElseGet(() -> judged(order));
    } finally {
      oneByOne.unlock();
    }
  }

  private OrderAnswer judged(IncidentOrder order) {
    readPolicy();
    String id = IncidentWorkflow.id(start.project(), start.environment());
    boolean proved = Proofs.hold(start.project(), order.words(id), order.proof());
    OrderAnswer answer = judged(order, proved);
    Decision decision =
        new Decision(
            order.decisionId(),
            order.kind().word(),
            null,
            order.kind().word(),
            Person.nameOf(order.person(), pipeline.people()),
            order.door(),
            order.reason(),
            now(),
            proved,
            answer.counted(),
            answer.counted() ? null : answer.message(),
            null);
    RunDecision told = RunDecision.of(id, Workflow.getInfo().getFirstExecutionRunId(), decision);
    ledger.tell(line -> line.decided(told));
    return answer;
  }

  private OrderAnswer judged(IncidentOrder order, boolean proved) {
    if (!proved && !pipeline.environment().trust().contains(order.door())) {
      return incident.refuse(order, Proofs.wanted(order.door(), order.proof()));
    }
    boolean known =
        pipeline.people().isEmpty()
            || pipeline.people().stream().anyMatch(one -> one.answersTo(order.person()));
    return known
        ? incident.order(order, Person.nameOf(order.person(), pipeline.people()), now())
        : incident.refuse(
            order, "'" + order.person() + "' is nobody that [people] of the file names");
  }

  @Override
  public void ordered(IncidentOrder order) {
    try {
      validateOrder(order);
      order(order);
    } catch (IllegalArgumentException | ActivityFailure nobodyHears) {
      Workflow.getLogger(IncidentWorkflowImpl.class)
          .info("order not taken decision={}", order.decisionId());
    }
  }

  @Override
  public IncidentState status() {
    return incident.state();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
