package dev.signalbox.workflows.monitor;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;

/**
 * A monitor's line to the incident of its environment. Whoever sees an outage first begins it; the
 * id lets there be one.
 */
final class IncidentLine {
  private static final int MOST_TRIES = 3;

  private final String project;
  private final String environment;
  private final String id;

  IncidentLine(String project, String environment) {
    this.project = project;
    this.environment = environment;
    this.id = IncidentWorkflow.id(project, environment);
  }

  /**
   * Tells the incident that goes on, or begins one.
   *
   * @param outage whether there is anything to begin one for
   * @return whether one goes on
   */
  boolean tell(News news, boolean outage) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (heard(news)) {
        return true;
      }
      if (!outage) {
        return false;
      }
      if (begun(news)) {
        return true;
      }
    }
    return false;
  }

  private boolean heard(News news) {
    try {
      Workflow.newExternalWorkflowStub(
              IncidentWorkflow.class, WorkflowExecution.newBuilder().setWorkflowId(id).build())
          .news(news);
      return true;
    } catch (SignalExternalWorkflowException | ApplicationFailure none) {
      return false;
    }
  }

  /** False = somebody else has begun it meanwhile. */
  private boolean begun(News news) {
    IncidentWorkflow incident =
        Workflow.newChildWorkflowStub(
            IncidentWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .build());
    Async.function(incident::run, IncidentState.begin(project, environment, news));
    try {
      Workflow.getWorkflowExecution(incident).get();
      return true;
    } catch (ChildWorkflowFailure goesOn) {
      return false;
    }
  }
}
