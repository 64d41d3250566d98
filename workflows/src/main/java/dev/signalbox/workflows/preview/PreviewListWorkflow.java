package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.policy.PolicyActivities.ProjectQuery;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Reads which environments there are and answers: only the worker may read outside systems. */
@WorkflowInterface
public interface PreviewListWorkflow {

  @WorkflowMethod(name = "PreviewListWorkflow")
  PreviewList run(ProjectQuery query);

  static String id(String project, String unique) {
    return "preview-list/" + project + "/" + unique;
  }
}
