package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.Asides;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.PullActivities;
import dev.signalbox.workflows.github.PullActivities.PreviewNotice;
import dev.signalbox.workflows.policy.Pipeline.Project;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;

/** What is said at GitHub about one preview; that it could not be said stops nothing. */
final class PreviewDesk {
  private final Project project;
  private final int number;
  private final String environment;
  private final Asides<PullActivities> github;
  private boolean spoken;

  /**
   * @param spoken whether there is a comment already
   */
  PreviewDesk(Project project, int number, String environment, boolean spoken) {
    this.project = project;
    this.number = number;
    this.environment = environment;
    this.spoken = spoken;
    this.github = new Asides<>(PullActivities.class, new TaskQueues(project.name()).github());
  }

  String environment() {
    return environment;
  }

  /** Whether anything was said on the pull request. */
  boolean spoken() {
    return spoken;
  }

  /**
   * @param sha the commit that it is about; null = none, and only the comment is written
   * @param url what people open; null = nothing yet
   */
  void say(String markdown, String sha, StatusState state, String description, String url) {
    spoken = true;
    try {
      github.say(
          "tell of the preview",
          activities ->
              activities.tellPreview(
                  new PreviewNotice(
                      project.name(),
                      project.github(),
                      number,
                      PreviewEnvWorkflow.id(project.name(), number),
                      environment,
                      markdown,
                      sha,
                      state,
                      description,
                      url)));
    } catch (ActivityFailure unsaid) {
      Causes.rethrowCancel(unsaid);
      Workflow.getLogger(PreviewDesk.class)
          .warn("pull request not told number={} reason={}", number, Causes.message(unsaid));
    }
  }
}
