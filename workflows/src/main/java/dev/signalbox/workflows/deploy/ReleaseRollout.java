package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.hint.Wake;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings every service of a release to the end of its deployment: each in its turn where they are
 * deployed by their commit, all at once where Railway deploys what was pushed.
 */
final class ReleaseRollout {
  private final DeployRequest request;
  private final Pipeline pipeline;
  private final Timeline timeline;
  private final Questions questions;
  private final FailureReads failures;
  private final Untouched untouched;
  private final Map<String, Rollout.End> ends = new LinkedHashMap<>();
  private final Wake wake;
  private Sending sending;
  private String pushed;
  private boolean merged;

  ReleaseRollout(
      DeployRequest request,
      Timeline timeline,
      Questions questions,
      FailureReads failures,
      Untouched untouched) {
    this.request = request;
    this.pipeline = request.pipeline();
    this.timeline = timeline;
    this.questions = questions;
    this.failures = failures;
    this.untouched = untouched;
    this.wake = new Wake(pipeline.environment().limits().poll());
    this.pushed = request.pushed();
  }

  /** As {@link Rollout#sentBy}. */
  ReleaseRollout sentBy(Sending other) {
    sending = other;
    return this;
  }

  /** This run has pushed the commit: what Railway makes of it is new. */
  void pushed(String commit) {
    pushed = commit;
    merged = commit != null;
  }

  /** Something may have happened with a commit: the read that waits for it is made anew. */
  void hint(Hint hint) {
    if (hint != null && pushed != null && pushed.equals(hint.ref())) {
      wake.tell(hint);
    }
  }

  /** What Railway deploys by itself; null = nothing, each service is deployed by its commit. */
  String pushed() {
    return pushed;
  }

  /** What has begun is brought to its end even when one service fails or somebody cancels. */
  void carryOut() {
    CancellationScope here = CancellationScope.current();
    Rollout rollout =
        new Rollout(
            pipeline, request.before(), questions, () -> here.isCancelRequested() || failed());
    if (sending != null) {
      rollout.sentBy(sending);
    }
    List<Promise<Void>> rollouts = new ArrayList<>();
    for (ServicePolicy service : pipeline.services()) {
      rollouts.add(Async.procedure(() -> inTurn(rollout, service)));
    }
    Workflow.newDetachedCancellationScope(() -> Promise.allOf(rollouts).get()).run();
  }

  private void inTurn(Rollout rollout, ServicePolicy service) {
    CancellationScope here = CancellationScope.current();
    Workflow.newDetachedCancellationScope(
            () -> {
              if (pushed == null && !itsTurn(here, service)) {
                return;
              }
              Optional<Rollout.End> kept = untouched.of(service);
              if (kept.isPresent()) {
                ends.put(service.name(), kept.get());
                timeline.skipped("deploy", service.name(), kept.get().detail());
                return;
              }
              timeline.beginFor("deploy", service.name(), expectation(service));
              deployOrExplain(rollout, service, here).ifPresent(end -> note(service, end));
            })
        .run();
  }

  /** Waits for those that come before it; false = it is not started any more. */
  private boolean itsTurn(CancellationScope here, ServicePolicy service) {
    Workflow.await(
        () -> here.isCancelRequested() || failed() || ends.keySet().containsAll(service.after()));
    if (!here.isCancelRequested() && !failed()) {
      return true;
    }
    timeline.skipped("deploy", service.name(), "nothing new is started");
    return false;
  }

  /** What people see while nothing of ours happens; null where it does. */
  private String expectation(ServicePolicy service) {
    return pushed == null
        ? null
        : "waits for Railway's own deployment of "
            + ShortCommit.of(pushed)
            + request.before().service(service.railway()).map(Adoption::waitsForCi).orElse("");
  }

  // Whatever breaks after the call has left may have changed the environment: the rescue must look.
  private Optional<Rollout.End> deployOrExplain(
      Rollout rollout, ServicePolicy service, CancellationScope here) {
    try {
      return pushed == null
          ? Optional.of(rollout.deploy(service, request.revision()))
          : adopt(rollout, service, here);
    } catch (TemporalFailure failure) {
      return Optional.of(
          new Rollout.End(
              Rollout.Ending.ABANDONED,
              null,
              "deploy of " + service.name() + " cannot be followed: " + failure.getMessage()));
    }
  }

  /**
   * Follows what Railway makes of the push. What it once made of an earlier push may have ended,
   * and never comes back: only then the service is deployed by its commit.
   */
  private Optional<Rollout.End> adopt(
      Rollout rollout, ServicePolicy service, CancellationScope here) {
    Adoption adoption = new Adoption(pipeline, request.before(), rollout, questions, wake);
    if (merged) {
      return Optional.of(adoption.of(service, pushed));
    }
    Optional<Rollout.End> adopted = adoption.ofEarlier(service, pushed);
    if (adopted.isPresent() || !itsTurn(here, service)) {
      return adopted;
    }
    timeline.beginFor(
        "deploy",
        service.name(),
        "Railway's own deployment of "
            + ShortCommit.of(pushed)
            + " has ended: deployed by its commit");
    return Optional.of(rollout.deploy(service, request.revision()));
  }

  private void note(ServicePolicy service, Rollout.End end) {
    ends.put(service.name(), end);
    if (end.good()) {
      timeline.done(
          "deploy",
          service.name(),
          Objects.requireNonNullElse(
              end.detail(), end.deployment() == null ? "" : end.deployment().id()));
    } else {
      timeline.failed("deploy", service.name(), end.detail());
      if (end.failedOnItsOwn()) {
        failures.begin(end.deployment());
      }
    }
  }

  boolean failed() {
    return firstFailure().isPresent();
  }

  /** What it means for the release; empty = nothing failed. */
  Optional<Trouble> trouble() {
    return firstFailure().map(end -> trouble(end.getKey(), end.getValue()));
  }

  private static Trouble trouble(String service, Rollout.End end) {
    String detail = service + " " + end.detail();
    return switch (end.ending()) {
      case TIMED_OUT -> Trouble.of(Result.TIMED_OUT, detail, false);
      case ABANDONED -> Trouble.of(Result.FAILED, end.detail(), false);
      case FOREIGN -> Trouble.of(Result.FAILED, detail, false);
      case FAILED, REFUSED, ACTIVE, KEPT ->
          Trouble.of(Result.FAILED, detail, end.deployment() != null);
    };
  }

  private Optional<Map.Entry<String, Rollout.End>> firstFailure() {
    return ends.entrySet().stream().filter(entry -> !entry.getValue().good()).findFirst();
  }

  /** How its deployment ended; null = it was not begun, or has not. */
  Rollout.End end(String service) {
    return ends.get(service);
  }

  /**
   * Whether everything runs as before, as far as this knows.
   *
   * @param neverLive the service whose new deployment certainly never served; empty = none
   */
  boolean nothingTouched(Optional<String> neverLive) {
    return ends.entrySet().stream()
        .filter(one -> neverLive.filter(one.getKey()::equals).isEmpty())
        .map(Map.Entry::getValue)
        .allMatch(
            end ->
                end.ending() == Rollout.Ending.KEPT
                    || end.ending() == Rollout.Ending.REFUSED
                    || (end.deployment() == null && end.ending() == Rollout.Ending.FAILED));
  }

  /** What serves on each service, as far as it got one. */
  List<ServiceDeployment> set() {
    return pipeline.services().stream()
        .map(service -> ends.get(service.name()))
        .filter(Objects::nonNull)
        .map(Rollout.End::deployment)
        .filter(Objects::nonNull)
        .toList();
  }
}
