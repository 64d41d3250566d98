package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.effect.BareStep;
import dev.signalbox.workflows.effect.Reads;
import dev.signalbox.workflows.effect.Reads.Reading;
import dev.signalbox.workflows.policy.EnvironmentPolicy.Limits;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.AwaitOrder.Phase;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.DeploymentEnd;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.RecentQuery;
import dev.signalbox.workflows.railway.RailwayActivities.RollbackOrder;
import dev.signalbox.workflows.railway.RailwayActivities.Sent;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Brings one deployment of one service to its end: a new one from a commit, or an earlier image
 * again.
 */
public final class Rollout {
  private static final String HARMLESS_SKIP = "No changes to watched files";

  private final Pipeline pipeline;
  private final EnvironmentState before;
  private final BareStep bareStep;
  private final Questions questions;
  private final Reads reads;
  private Sending sending = (order, known) -> railway("deploy " + order.service()).deploy(order);

  /**
   * @param before the environment as it was read last: ids and baselines
   * @param calledOff whether nothing more may be sent
   */
  public Rollout(
      Pipeline pipeline, EnvironmentState before, Questions questions, BooleanSupplier calledOff) {
    this.pipeline = pipeline;
    this.before = before;
    this.bareStep =
        new BareStep(
            questions, limits().settle(), limits().longestSilence(), limits().deploy(), calledOff);
    this.questions = questions;
    this.reads = new Reads(questions, limits().longestSilence());
  }

  /** The same where new deployments leave in another way than once. */
  Rollout sentBy(Sending other) {
    sending = other;
    return this;
  }

  /** How one service's deployment ended. */
  public enum Ending {
    /** The new deployment serves. */
    ACTIVE,
    /** Railway had nothing to do: the former deployment stays in the set. */
    KEPT,
    FAILED,
    /** Railway said no for good: nothing was made. */
    REFUSED,
    TIMED_OUT,
    /** Railway deployed something else by itself. */
    FOREIGN,
    /** A person said to stop here. */
    ABANDONED
  }

  /**
   * What became of one service.
   *
   * @param deployment what serves now: the new one, the kept one; null when there is none
   * @param detail why, in one sentence
   */
  public record End(Ending ending, ServiceDeployment deployment, String detail) {
    public boolean good() {
      return ending == Ending.ACTIVE || ending == Ending.KEPT;
    }

    /** Whether Railway's own words and logs may say why. */
    boolean failedOnItsOwn() {
      return deployment != null && (ending == Ending.FAILED || ending == Ending.TIMED_OUT);
    }
  }

  /** Deploys the commit and waits until it serves. */
  public End deploy(ServicePolicy service, String revision) {
    ServiceState state = state(service);
    if (state == null) {
      return new End(Ending.FAILED, null, before.missing(service.railway()));
    }
    return finish(
        service,
        state,
        revision,
        carryOut(
            "deploy",
            service,
            state,
            revision,
            state.recent(),
            () -> sending.send(order(service, state, revision), state.recent())));
  }

  /** Goes back to an earlier deployment and waits until what was made of it serves. */
  public End goBack(
      Way way, ServicePolicy service, ServiceDeployment target, List<String> baseline) {
    ServiceState state = state(service);
    if (state == null) {
      return new End(Ending.FAILED, null, before.missing(service.railway()));
    }
    return finish(
        service,
        state,
        target.revision(),
        carryOut(
            way.word(),
            service,
            state,
            target.revision(),
            baseline,
            () -> send(way, service, state, target)));
  }

  private Sent send(Way way, ServicePolicy service, ServiceState state, ServiceDeployment target) {
    RailwayActivities railway = railway(way.word() + " " + service.name());
    RollbackOrder order =
        new RollbackOrder(project(), service.name(), target.id(), pipeline.home().token());
    return switch (way) {
      case ROLLBACK -> railway.rollback(order);
      case IMAGE -> railway.redeployImage(order);
      case REBUILD -> railway.deploy(order(service, state, target.revision()));
    };
  }

  private DeployOrder order(ServicePolicy service, ServiceState state, String revision) {
    return new DeployOrder(
        project(),
        before.environmentId(),
        state.serviceId(),
        service.name(),
        revision,
        pipeline.home().token());
  }

  /**
   * The newest deployments of one service, newest first.
   *
   * @param longest null = however long Railway is away
   */
  public List<Deployment> recent(ServicePolicy service, Duration longest) {
    ServiceState state = state(service);
    return state == null ? List.of() : recent(service, state, longest);
  }

  /** As {@link #recent}, but this many instead of the last ten. */
  List<Deployment> recent(ServicePolicy service, int most, Duration longest) {
    ServiceState state = state(service);
    return state == null ? List.of() : recent(service, state, most, longest);
  }

  private BareStep.End carryOut(
      String name,
      ServicePolicy service,
      ServiceState state,
      String revision,
      List<String> baseline,
      Supplier<RailwayActivities.Sent> send) {
    return bareStep.carryOut(
        new BareStep.Order(
            name,
            service.name(),
            revision,
            baseline,
            send,
            longest -> recent(service, state, longest)));
  }

  /** Follows a deployment, whoever made it, until it serves. */
  End follow(ServicePolicy service, ServiceState state, String commit, String id, String how) {
    return finish(service, state, commit, new BareStep.End(id, false, false, how));
  }

  private End finish(
      ServicePolicy service, ServiceState state, String revision, BareStep.End sent) {
    if (!sent.done()) {
      Ending ending = sent.refused() ? Ending.REFUSED : Ending.FAILED;
      return new End(sent.abandoned() ? Ending.ABANDONED : ending, null, sent.detail());
    }
    Reading<DeploymentEnd> read =
        reads.read(
            "wait-" + service.name(),
            "what became of " + sent.deploymentId() + ", made for " + service.name(),
            longest -> awaitAndTell(service, sent.deploymentId()),
            longest -> recent(service, state, longest));
    if (!read.known()) {
      return new End(
          read.accepted() ? Ending.ACTIVE : Ending.ABANDONED,
          made(service, sent.deploymentId(), revision, null),
          read.refusal());
    }
    return judged(service, state, sent, read.value(), revision);
  }

  private End judged(
      ServicePolicy service,
      ServiceState state,
      BareStep.End sent,
      DeploymentEnd end,
      String revision) {
    Deployment last = end.last();
    ServiceDeployment deployment = made(service, sent.deploymentId(), revision, last);
    if (end.timedOut()) {
      return new End(
          Ending.TIMED_OUT,
          deployment,
          (end.detail() == null ? "not active in time" : end.detail())
              + ("WAITING".equals(last == null ? null : last.rawStatus())
                  ? Adoption.waitsForCi(state)
                  : ""));
    }
    if (last.status() == Status.ACTIVE) {
      return new End(Ending.ACTIVE, deployment, sent.detail());
    }
    if (harmlesslySkipped(last)) {
      return new End(
          Ending.KEPT, named(service, state.active()), "nothing changed in its watched files");
    }
    if (last.status() == Status.SKIPPED) {
      return new End(
          Ending.FAILED,
          null,
          "was skipped by Railway: "
              + (last.skippedReason() == null ? "it does not say why" : last.skippedReason())
              + "; a skipped deployment never comes back, promote again when the reason is gone");
    }
    return new End(
        Ending.FAILED,
        deployment,
        "ended " + rawStatus(last) + (end.detail() == null ? "" : ": " + end.detail()));
  }

  /** Whether Railway left the service as it is, because nothing of it has changed. */
  static boolean harmlesslySkipped(Deployment deployment) {
    return deployment.status() == Status.SKIPPED
        && HARMLESS_SKIP.equals(deployment.skippedReason());
  }

  /**
   * @param last as it was seen last; null = not seen
   */
  static ServiceDeployment made(
      ServicePolicy service, String id, String revision, Deployment last) {
    return new ServiceDeployment(
        service.name(),
        id,
        last == null || last.revision() == null ? revision : last.revision(),
        last != null && last.canRollback(),
        Instant.ofEpochMilli(Workflow.currentTimeMillis()));
  }

  /** Waits for the end of a deployment that somebody else made, as long as one may take. */
  public DeploymentEnd await(ServicePolicy service, String deploymentId) {
    return await(service, deploymentId, limits().deploy());
  }

  /** Waits for the end of a deployment for so long. */
  public DeploymentEnd await(ServicePolicy service, String deploymentId, Duration longest) {
    return await(
        service,
        new AwaitOrder(
            project(),
            service.name(),
            deploymentId,
            null,
            null,
            longest,
            limits().longestSilence(),
            limits().poll(),
            List.of(Phase.values()),
            pipeline.home().token(),
            service.job()));
  }

  /** Waits for the end of a deployment of ours; who has an interest is told when it takes long. */
  private DeploymentEnd awaitAndTell(ServicePolicy service, String deploymentId) {
    List<Phase> told = new ArrayList<>();
    Instant since = null;
    while (true) {
      DeploymentEnd end =
          await(
              service,
              new AwaitOrder(
                  project(),
                  service.name(),
                  deploymentId,
                  since,
                  limits().build(),
                  limits().deploy(),
                  limits().longestSilence(),
                  limits().poll(),
                  told,
                  pipeline.home().token(),
                  service.job()));
      if (end.slow() == null) {
        return end;
      }
      since = end.slow().since();
      told.add(end.slow().phase());
      questions.delayed(
          new Delay(end.slow().phase().word(), service.name(), end.slow().sentence()));
    }
  }

  private DeploymentEnd await(ServicePolicy service, AwaitOrder order) {
    return Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.waiting(queue(), "wait for " + service.name(), order.deploy()))
        .awaitDeployment(order);
  }

  private List<Deployment> recent(ServicePolicy service, ServiceState state, Duration longest) {
    return recent(service, state, null, longest);
  }

  private List<Deployment> recent(
      ServicePolicy service, ServiceState state, Integer most, Duration longest) {
    return Workflow.newActivityStub(
            RailwayActivities.class,
            ActivityProfiles.quick(queue(), "read " + service.name(), longest))
        .recentDeployments(
            new RecentQuery(
                project(),
                pipeline.home().project(),
                before.environmentId(),
                state.serviceId(),
                service.name(),
                pipeline.home().token(),
                most))
        .deployments();
  }

  private RailwayActivities railway(String summary) {
    return Workflow.newActivityStub(
        RailwayActivities.class, ActivityProfiles.bare(queue(), summary));
  }

  private ServiceState state(ServicePolicy service) {
    return before.service(service.railway()).orElse(null);
  }

  private Limits limits() {
    return pipeline.environment().limits();
  }

  private String project() {
    return pipeline.project().name();
  }

  private String queue() {
    return new TaskQueues(project()).railway();
  }

  private static String rawStatus(Deployment last) {
    return last == null || last.rawStatus() == null ? "nothing" : last.rawStatus();
  }

  static ServiceDeployment named(ServicePolicy service, ServiceDeployment deployment) {
    return deployment == null
        ? null
        : new ServiceDeployment(
            service.name(),
            deployment.id(),
            deployment.revision(),
            deployment.canRollback(),
            deployment.since());
  }
}
