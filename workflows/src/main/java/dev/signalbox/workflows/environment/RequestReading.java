package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.environment.LedgerActivities.CommitQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.github.GitHubActivities.RevisionQuery;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
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
    ActivityOptions within =
        ActivityOptions.newBuilder(ActivityProfiles.quick(queues.github(), "resolve the revision"))
            .setScheduleToCloseTimeout(WITHIN)
            .build();
    try {
      String sha =
          Workflow.newActivityStub(GitHubActivities.class, within)
              .resolveRevision(
                  new RevisionQuery(
                      ledger.project(),
                      pipeline.project().github(),
                      pipeline.sourceBranch(),
                      request.revision()))
              .sha();
      return revisionBehind(pipeline, ledger.revisionBehind(sha));
    } catch (ActivityFailure failure) {
      throw asked(failure);
    }
  }

  // In a chain of environments the head of the source branch is a merge of the source's promotion.
  private String revisionBehind(Pipeline pipeline, String commit) {
    Optional<EnvironmentPolicy> promotedTo =
        pipeline.promotedFrom().filter(source -> source.from() != null);
    if (promotedTo.isEmpty()) {
      return commit;
    }
    ActivityOptions within =
        ActivityOptions.newBuilder(
                ActivityProfiles.quick(queues.workflows(), "which revision is it?"))
            .setScheduleToCloseTimeout(WITHIN)
            .build();
    return Workflow.newActivityStub(LedgerActivities.class, within)
        .revisionBehind(
            new CommitQuery(ledger.project(), List.of(promotedTo.get().name()), commit));
  }

  // An update may fail only with an ApplicationFailure; another exception would retry the workflow
  // task for ever.
  private static ApplicationFailure asked(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure known
        ? ApplicationFailure.newNonRetryableFailure(known.getOriginalMessage(), known.getType())
        : ApplicationFailure.newNonRetryableFailure(
            "no answer within " + WITHIN.toSeconds() + " s: " + failure.getActivityType(),
            "Unavailable");
  }
}
