package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Systems;
import dev.signalbox.workflows.environment.LedgerActivities.CommitQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.AncestryQuery;
import dev.signalbox.workflows.github.GitHubActivities.PromotedQuery;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.RailwayActivities;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads what a request for a promotion means: the policy that judges it, and its commit. */
final class RequestReading {
  /** A person waits for the answer. */
  static final Duration WITHIN = Duration.ofSeconds(8);

  private final Ledger ledger;
  private final TaskQueues queues;

  RequestReading(Ledger ledger, TaskQueues queues) {
    this.ledger = ledger;
    this.queues = queues;
  }

  /** The policy as the worker's file says it now. */
  Pipeline policy() {
    try {
      return Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
          .read(new PolicyQuery(ledger.project(), ledger.environment()));
    } catch (ActivityFailure failure) {
      throw asked(failure);
    }
  }

  /** The commit that the request means, 40 hex. */
  String revision(Pipeline pipeline, LedgerRequest request) {
    try {
      String sha = resolved(pipeline, request.revision());
      return revisionBehind(pipeline, ledger.revisionBehind(sha));
    } catch (ActivityFailure failure) {
      throw asked(failure);
    }
  }

  /** The commit of which this is the start, 40 hex. */
  String commit(Pipeline pipeline, String start) {
    try {
      return resolved(pipeline, start);
    } catch (ActivityFailure failure) {
      throw asked(failure);
    }
  }

  /** Whether the newer commit contains the older one. */
  boolean follows(Pipeline pipeline, String older, String newer) {
    try {
      return Workflow.newActivityStub(
              GitHubActivities.class, within(queues.github(), "does it contain the other?"))
          .isAncestor(
              new AncestryQuery(ledger.project(), pipeline.project().github(), older, newer));
    } catch (ActivityFailure failure) {
      throw asked(failure);
    }
  }

  private String resolved(Pipeline pipeline, String revision) {
    return Workflow.newActivityStub(
            GitHubActivities.class, within(queues.github(), "resolve the revision"))
        .resolveRevision(
            new RevisionQuery(
                ledger.project(), pipeline.project().github(), pipeline.sourceBranch(), revision))
        .sha();
  }

  /**
   * The one commit that Railway runs as every service of the environment; empty when they differ,
   * when Railway names none, and when it cannot be asked. Asked where there is no record of ours.
   */
  Optional<Running> running(Pipeline pipeline) {
    List<ServiceDeployment> active;
    try {
      EnvironmentState environment = readEnvironment(pipeline);
      active =
          pipeline.services().stream()
              .map(service -> environment.service(service.railway()))
              .flatMap(Optional::stream)
              .map(ServiceState::active)
              .filter(deployment -> deployment != null && deployment.revision() != null)
              .toList();
      List<String> commits = active.stream().map(ServiceDeployment::revision).distinct().toList();
      if (active.size() < pipeline.services().size() || commits.size() != 1) {
        return Optional.empty();
      }
      Instant since =
          active.stream()
              .map(ServiceDeployment::since)
              .filter(Objects::nonNull)
              .max(Comparator.naturalOrder())
              .orElse(null);
      return Optional.of(new Running(promoted(pipeline, commits.get(0)), since));
    } catch (ActivityFailure away) {
      // Unknown is not "there already": the promotion starts, and its gates name who is away.
      Workflow.getLogger(RequestReading.class).info("what runs was not read");
      return Optional.empty();
    }
  }

  /**
   * @param revision that everything runs
   * @param since when the last service of it came up; null = Railway does not say
   */
  record Running(String revision, Instant since) {}

  private EnvironmentState readEnvironment(Pipeline pipeline) {
    return Workflow.newActivityStub(
            RailwayActivities.class, within(queues.railway(), "does it run here already?"))
        .readEnvironment(EnvironmentQuery.of(pipeline));
  }

  private String promoted(Pipeline pipeline, String commit) {
    String recorded = ledger.revisionBehind(commit);
    return recorded.equals(commit)
        ? Workflow.newActivityStub(
                GitHubActivities.class, within(queues.github(), "what does the merge stand for?"))
            .promoted(new PromotedQuery(ledger.project(), pipeline.project().github(), commit))
            .sha()
        : recorded;
  }

  private static ActivityOptions within(String queue, String summary) {
    return ActivityProfiles.quick(queue, summary, WITHIN);
  }

  // In a chain of environments the head of the source branch is a merge of the source's promotion.
  private String revisionBehind(Pipeline pipeline, String commit) {
    Optional<EnvironmentPolicy> promotedTo =
        pipeline.promotedFrom().filter(source -> source.from() != null);
    if (promotedTo.isEmpty()) {
      return commit;
    }
    return Workflow.newActivityStub(
            LedgerActivities.class, within(queues.workflows(), "which revision is it?"))
        .revisionBehind(
            new CommitQuery(ledger.project(), List.of(promotedTo.get().name()), commit));
  }

  // An update may fail only with an ApplicationFailure; another exception would retry the workflow
  // task for ever.
  private static ApplicationFailure asked(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure known
        ? ApplicationFailure.newNonRetryableFailure(known.getOriginalMessage(), known.getType())
        : ApplicationFailure.newNonRetryableFailure(
            Systems.of(failure.getActivityType())
                + " gave no answer within "
                + WITHIN.toSeconds()
                + " s",
            "Unavailable");
  }
}
