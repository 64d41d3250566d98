package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.gate.FactsActivities.FactsQuery;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ReleaseSets;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What one run knows of the world and what the gates say of it: the policy, the facts, the verdicts
 * and the release set, always of the same look.
 */
public final class Preflight {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final String project;
  private final String environment;
  private final String service;
  private Pipeline pipeline;
  private Facts facts;
  private List<GateResult> gates = List.of();
  private ReleaseSet release;

  public Preflight(String project, String environment) {
    this(project, environment, null);
  }

  /**
   * @param service the one that is deployed alone; null = all are
   */
  public Preflight(String project, String environment, String service) {
    this.project = project;
    this.environment = environment;
    this.service = service;
  }

  /** The policy as the worker's file says it now. */
  public Pipeline readPolicy() {
    pipeline =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
            .read(new PolicyQuery(project, environment));
    return pipeline;
  }

  /**
   * Looks once and judges.
   *
   * @param recorded what the environment's ledger says
   */
  public void look(String revision, LedgerRecord recorded, ActivityOptions options) {
    facts = stub(options).read(query(revision, recorded, null));
    judge(revision, recorded);
  }

  public void look(String revision, LedgerRecord recorded) {
    look(revision, recorded, ActivityProfiles.quick(queue(), "read the facts"));
  }

  /**
   * Waits until something has changed, or time may have cured a gate, and judges again. The
   * activity answers only when its look differs from the last one, so that a wait costs the same
   * few events whatever {@code poll} is; after a day at most a new one takes its place.
   *
   * @param giveUp ends the wait without another look: whoever gives up must not hang on a system
   *     that is away
   * @param longest after which it looks again whatever has changed; null = as time may cure it
   */
  public void awaitChange(
      String revision, LedgerRecord recorded, BooleanSupplier giveUp, Duration longest) {
    List<Promise<Facts>> changed = new ArrayList<>();
    Duration poll = pipeline.environment().limits().poll();
    CancellationScope watch =
        Workflow.newCancellationScope(
            () ->
                changed.add(
                    Async.function(
                        stub(ActivityProfiles.untilChanged(queue(), "wait for a change", poll))
                            ::read,
                        query(revision, recorded, facts.fingerprint()))));
    watch.run();
    Duration cured = untilTimeMayCure();
    Duration wait = longest == null || longest.compareTo(cured) > 0 ? cured : longest;
    Workflow.await(wait, () -> changed.get(0).isCompleted() || giveUp.getAsBoolean());
    if (giveUp.getAsBoolean()) {
      watch.cancel("given up");
    } else if (changed.get(0).isCompleted()) {
      facts = changed.get(0).get();
      judge(revision, recorded);
    } else {
      watch.cancel("waited long enough");
      look(revision, recorded);
    }
  }

  private Duration untilTimeMayCure() {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    Duration until =
        gates.stream()
            .map(GateResult::until)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .map(earliest -> Duration.between(now, earliest))
            .orElse(LONGEST_WAIT);
    if (until.compareTo(LONGEST_WAIT) > 0) {
      return LONGEST_WAIT;
    }
    return until.isNegative() ? Duration.ZERO : until;
  }

  private void judge(String revision, LedgerRecord recorded) {
    gates = Gates.of(pipeline, revision, recorded, service).judge(facts);
    if (facts.release() != null) {
      release = ReleaseSets.of(pipeline, revision, facts, recorded.mixed(), service);
    }
  }

  private FactsActivities stub(ActivityOptions options) {
    return Workflow.newActivityStub(FactsActivities.class, ActivityProfiles.heartbeating(options));
  }

  private FactsQuery query(String revision, LedgerRecord recorded, String unlike) {
    return new FactsQuery(
        project,
        pipeline,
        revision,
        recorded.live(),
        unlike,
        pipeline.environment().limits().poll());
  }

  private String queue() {
    return new TaskQueues(project).workflows();
  }

  public Optional<GateResult> first(State state) {
    return gates.stream().filter(gate -> gate.state() == state).findFirst();
  }

  /** Null until it was read once. */
  public Pipeline pipeline() {
    return pipeline;
  }

  public Facts facts() {
    return facts;
  }

  public List<GateResult> gates() {
    return gates;
  }

  /** Null until GitHub was read once. */
  public ReleaseSet release() {
    return release;
  }
}
