package dev.signalbox.starter.gateway;

import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.workers.engine.EngineConnection;
import dev.signalbox.workers.policy.PipelineFile;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.hint.Hint;
import dev.signalbox.workflows.policy.Auto;
import io.temporal.client.WorkflowException;
import java.util.List;
import java.util.UUID;

/**
 * Tells the ledgers of pushes that no delivery told them of, for whatever reason: where a branch
 * ends is compared with where the ledger saw it end. What is found is a hint as any other.
 */
final class HeadSweep {
  private final GitHubClient github;
  private final PipelineFile pipelines;
  private final EngineConnection engine;
  private final Courier courier;

  HeadSweep(GitHubClient github, PipelineFile pipelines, EngineConnection engine, Courier courier) {
    this.github = github;
    this.pipelines = pipelines;
    this.engine = engine;
    this.courier = courier;
  }

  void sweep() {
    Repository repository = Repository.of(pipelines.project().github());
    for (String environment : pipelines.environments()) {
      if (pipelines.auto(environment).on().contains(Auto.On.PUSH)) {
        String branch = pipelines.pipeline(environment).sourceBranch();
        compare(environment, "refs/heads/" + branch, github.branchHead(repository, branch));
      }
    }
  }

  private void compare(String environment, String ref, String head) {
    String ledger = EnvironmentWorkflow.id(pipelines.project().name(), environment);
    try {
      EnvironmentWorkflow known =
          engine.client().newWorkflowStub(EnvironmentWorkflow.class, ledger);
      if (!head.equals(known.status().triggered().seen().get(ref))) {
        courier.carry(
            new Hint("sweep", UUID.randomUUID().toString(), "push", ref), List.of(ledger));
      }
    } catch (WorkflowException noWorker) {
      // Whoever starts one later hears of it in the round after.
    }
  }
}
