package dev.signalbox.workflows.rollback;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.deploy.FormerVariables;
import dev.signalbox.workflows.deploy.Rollout;
import dev.signalbox.workflows.deploy.Way;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.effect.Reads.Reading;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.ChangedVariables;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import dev.signalbox.workflows.release.Timeline;
import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts one service back. A deployment that is still under way may go live when nobody looks any
 * more: its end is waited for first, and only then is decided whether there is anything to put
 * back. What cannot be known or done is a question.
 */
final class PutBack {
  private static final String RETRY = "retry";

  /** One activity watches so long, which no build outlasts. */
  private static final Duration A_LONG_TIME = Duration.ofDays(1);

  private final String step;
  private final Timeline timeline;
  private final Questions questions;
  private final Reads reads;
  private final Rollout rollout;
  private final ServicePolicy service;
  private final ServiceDeployment good;
  private final boolean mayRebuild;
  private final FormerVariables variables;
  private final Reads.Read<EnvironmentState> readEnvironment;
  // Deployments that this rescue made: a second try must not take them for the bad release.
  private final Set<String> ours = new HashSet<>();
  private boolean touched;
  // What did not end in time, and so may still go live.
  private Deployment unended;

  PutBack(
      String step,
      Timeline timeline,
      Questions questions,
      Reads reads,
      Rollout rollout,
      ServicePolicy service,
      ServiceDeployment good,
      boolean mayRebuild,
      FormerVariables variables,
      Reads.Read<EnvironmentState> readEnvironment) {
    this.step = step;
    this.timeline = timeline;
    this.questions = questions;
    this.reads = reads;
    this.rollout = rollout;
    this.service = service;
    this.good = good;
    this.mayRebuild = mayRebuild;
    this.variables = variables;
    this.readEnvironment = readEnvironment;
  }

  /** What became of the service. */
  enum Outcome {
    /** The good deployment serves, and nothing can replace it any more. */
    NEVER_REPLACED,
    RESTORED,
    /** A person accepted what runs, which is not the good deployment. */
    ACCEPTED,
    /** A person stopped the rescue here. */
    STOPPED,
    /** Not yet: a person has to say how to go on. */
    UNSETTLED
  }

  /**
   * @param deployment what serves; null when that is not the good one
   * @param detail why; null where nothing is to be said
   */
  record End(Outcome outcome, ServiceDeployment deployment, String detail) {
    boolean good() {
      return outcome == Outcome.NEVER_REPLACED || outcome == Outcome.RESTORED;
    }
  }

  /**
   * Whether the service may run something else than before: a call left, or what was under way went
   * live meanwhile. Else it stands as it was found, whatever the outcome is called.
   */
  boolean touched() {
    return touched;
  }

  /** Brings the service to a known end. */
  End carryOut(EnvironmentState now) {
    EnvironmentState state = now;
    while (true) {
      End end = attempt(state);
      if (end.outcome() == Outcome.UNSETTLED) {
        end = ask(end.detail());
      }
      if (end.outcome() != Outcome.UNSETTLED) {
        note(end);
        return end;
      }
      Reading<EnvironmentState> again = reads.read(step(), "what runs", readEnvironment);
      if (!again.known()) {
        end = unread(again);
        note(end);
        return end;
      }
      state = again.value();
    }
  }

  private End attempt(EnvironmentState now) {
    unended = null;
    Optional<ServiceState> state = now.service(service.railway());
    if (state.filter(this::untouched).isPresent()) {
      return neverReplaced(null);
    }
    timeline.begin(step, service.name());
    Reading<List<Deployment>> recent =
        reads.read(
            step(),
            "the deployments of " + service.name(),
            longest -> rollout.recent(service, longest));
    if (!recent.known()) {
      return unread(recent);
    }
    boolean wentLive = false;
    String last = null;
    for (Deployment running : underWay(recent.value())) {
      Reading<DeploymentEnd> end = awaitEnd(running);
      Optional<End> settled = settledBy(running, end);
      if (settled.isPresent()) {
        return settled.get();
      }
      Deployment ended = end.value().last();
      wentLive |= ended.status() == Status.ACTIVE || ended.status() == Status.CRASHED;
      touched |= wentLive;
      last = "its new deployment ended " + ended.rawStatus();
    }
    Optional<Deployment> newest = newestActive(recent.value());
    if (!wentLive && newest.filter(this::isOurs).isPresent()) {
      return restored(newest.get());
    }
    // The list is younger than the state: what was under way there may serve by now.
    boolean replaced = wentLive || newest.isPresent() || state.filter(this::servesGood).isEmpty();
    return replaced ? rollBack(recent.value()) : neverReplaced(last);
  }

  /** Whether this deployment's end, or that it is not known, already says how to go on. */
  private Optional<End> settledBy(Deployment running, Reading<DeploymentEnd> end) {
    if (!end.known()) {
      return Optional.of(unread(end));
    }
    Deployment last = end.value().last();
    if (end.value().timedOut()) {
      unended = running;
      return Optional.of(
          new End(
              Outcome.UNSETTLED,
              null,
              "deployment "
                  + running.id()
                  + " is still "
                  + last.rawStatus()
                  + " and may go live at any time"));
    }
    return last.status() == Status.ACTIVE && isOurs(running)
        ? Optional.of(restored(running))
        : Optional.empty();
  }

  private boolean untouched(ServiceState state) {
    return servesGood(state)
        && isGood(state.latest() == null ? null : state.latest().id())
        && isGood(state.recent().stream().findFirst().orElse(null));
  }

  private boolean servesGood(ServiceState state) {
    return state.active() != null && isGood(state.active().id());
  }

  private boolean isGood(String id) {
    return good.id().equals(id);
  }

  /** What is newer than the good deployment and has not ended. */
  private List<Deployment> underWay(List<Deployment> newestFirst) {
    return newer(newestFirst)
        .filter(
            deployment ->
                switch (deployment.status()) {
                  case IN_PROGRESS, NEEDS_APPROVAL, UNKNOWN -> true;
                  case ACTIVE, FAILED, CRASHED, SKIPPED, REMOVED -> false;
                })
        .toList();
  }

  private Reading<DeploymentEnd> awaitEnd(Deployment running) {
    return reads.read(
        step(),
        "what becomes of deployment " + running.id() + " of " + service.name(),
        longest -> rollout.await(service, running.id()),
        longest -> rollout.recent(service, longest));
  }

  private Optional<Deployment> newestActive(List<Deployment> newestFirst) {
    return newer(newestFirst)
        .filter(deployment -> deployment.status() == Status.ACTIVE)
        .findFirst();
  }

  private Stream<Deployment> newer(List<Deployment> newestFirst) {
    return newestFirst.stream().takeWhile(deployment -> !isGood(deployment.id()));
  }

  private boolean isOurs(Deployment deployment) {
    return ours.contains(deployment.id());
  }

  // A refusal leaves everything as it was, so the next way is free; whatever has left is followed.
  private End rollBack(List<Deployment> recent) {
    List<String> baseline = recent.stream().map(Deployment::id).toList();
    List<String> refusals = new ArrayList<>();
    List<Way> ways = ways(recent);
    // Afterwards today's are those of then.
    Optional<ChangedVariables> changed =
        ways.isEmpty() ? Optional.empty() : variables.since(service, good.id());
    for (Way way : ways) {
      Rollout.End end = rollout.goBack(way, service, good, baseline);
      // Not done and not abandoned is known: nothing left.
      touched |= end.deployment() != null || end.ending() == Rollout.Ending.ABANDONED;
      if (end.good()) {
        return new End(Outcome.RESTORED, end.deployment(), way.remark(changed));
      }
      if (end.deployment() != null) {
        ours.add(end.deployment().id());
      }
      if (end.ending() != Rollout.Ending.REFUSED) {
        return new End(
            end.ending() == Rollout.Ending.ABANDONED ? Outcome.STOPPED : Outcome.UNSETTLED,
            null,
            end.detail());
      }
      refusals.add(way.word() + ": " + end.detail());
    }
    return new End(
        Outcome.UNSETTLED,
        null,
        refusals.isEmpty()
            ? noWay()
            : "Railway refused " + String.join("; ", refusals) + buildingAgain());
  }

  private List<Way> ways(List<Deployment> recent) {
    return Way.to(
        recent.stream().filter(one -> isGood(one.id())).findFirst().orElse(null),
        good.revision(),
        mayRebuild);
  }

  private String noWay() {
    return "Railway cannot roll back to "
        + good.id()
        + ": its image is gone"
        + (mayRebuild ? ", and no commit is known to build again" : buildingAgain());
  }

  /** The policy that this run has read stays as it is: another one takes another run. */
  private String buildingAgain() {
    return mayRebuild || good.revision() == null
        ? ""
        : "; rebuild = true would build it again: set it, stop here, and ask for a rollback anew";
  }

  private End ask(String why) {
    String answer =
        questions.ask(
            step(),
            service.name()
                + " could not be put back: "
                + why
                + ". Try again, accept what runs, or stop?",
            "last good deployment " + good.id() + " of commit " + good.revision(),
            List.of(RETRY, "accept", "abandon"),
            unended == null ? Optional::empty : this::ended,
            unended == null ? Questions.REREAD : Duration.ZERO);
    Outcome outcome =
        switch (answer) {
          case "accept" -> Outcome.ACCEPTED;
          case "abandon" -> Outcome.STOPPED;
          default -> Outcome.UNSETTLED;
        };
    return new End(outcome, null, why);
  }

  // What goes live while nobody answers must not stay there: its end is as good as an answer.
  private Optional<String> ended() {
    try {
      return rollout.await(service, unended.id(), A_LONG_TIME).timedOut()
          ? Optional.empty()
          : Optional.of(RETRY);
    } catch (ActivityFailure silence) {
      return Optional.empty();
    }
  }

  private void note(End end) {
    switch (end.outcome()) {
      case NEVER_REPLACED ->
          timeline.skipped(
              step,
              service.name(),
              (end.detail() == null ? "" : end.detail() + "; ") + "was never replaced");
      case RESTORED ->
          timeline.done(
              step,
              service.name(),
              "back on "
                  + shorten(good.revision())
                  + (end.detail() == null ? "" : ", " + end.detail()));
      case ACCEPTED ->
          timeline.skipped(step, service.name(), "a person accepted what runs: " + end.detail());
      case STOPPED, UNSETTLED -> timeline.failed(step, service.name(), end.detail());
    }
  }

  private End neverReplaced(String detail) {
    return new End(Outcome.NEVER_REPLACED, good, detail);
  }

  private End restored(Deployment back) {
    return new End(
        Outcome.RESTORED,
        new ServiceDeployment(
            service.name(),
            back.id(),
            Objects.requireNonNullElse(back.revision(), good.revision()),
            back.canRollback(),
            back.createdAt()),
        null);
  }

  private static End unread(Reading<?> reading) {
    return new End(
        reading.accepted() ? Outcome.ACCEPTED : Outcome.STOPPED, null, reading.refusal());
  }

  private String step() {
    return step + "-" + service.name();
  }

  private static String shorten(String revision) {
    return revision == null ? "its former image" : ShortCommit.of(revision);
  }
}
