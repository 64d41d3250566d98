package dev.signalbox.workflows.logs;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.logs.LogsActivities.LogsQuery;
import dev.signalbox.workflows.logs.LogsActivities.Wanted;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PolicyActivities;
import dev.signalbox.workflows.policy.PolicyActivities.PolicyQuery;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** The policy says where the services are at Railway; one read answers. */
public final class LogsWorkflowImpl implements LogsWorkflow {
  /** A person waits: what does not answer by then is told as not reached. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(7);

  @Override
  public LogsReport run(LogsRequest request) {
    Pipeline pipeline =
        Workflow.newLocalActivityStub(PolicyActivities.class, ActivityProfiles.local())
            .read(new PolicyQuery(request.project(), request.ruledBy()));
    List<Wanted> services =
        pipeline.services().stream()
            .filter(
                service -> request.service() == null || service.name().equals(request.service()))
            .map(service -> new Wanted(service.name(), service.railway()))
            .toList();
    return Workflow.newActivityStub(LogsActivities.class, options(request))
        .read(
            new LogsQuery(
                request.project(),
                pipeline.home().project(),
                request.environment(),
                services,
                request.build(),
                request.lines(),
                request.since(),
                request.patience(),
                pipeline.home().token()));
  }

  private static ActivityOptions options(LogsRequest request) {
    return ActivityProfiles.heartbeating(
        ActivityProfiles.quick(
            new TaskQueues(request.project()).railway(),
            "logs of " + request.environment(),
            request.patience().plus(ANSWER_WITHIN)));
  }
}
