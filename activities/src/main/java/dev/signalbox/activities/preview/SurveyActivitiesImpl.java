package dev.signalbox.activities.preview;

import dev.signalbox.activities.github.PullActivitiesImpl;
import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.railway.PreviewActivitiesImpl;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.preview.PreviewEnvWorkflow;
import dev.signalbox.workflows.preview.PreviewStatus;
import dev.signalbox.workflows.preview.SurveyActivities;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all three, the engine last but for what it says is there and Railway does not list. */
public final class SurveyActivitiesImpl implements SurveyActivities {
  private static final Logger log = LoggerFactory.getLogger(SurveyActivitiesImpl.class);

  private final PullActivitiesImpl github;
  private final PreviewActivitiesImpl railway;
  private final WorkflowClient engine;
  private final Set<String> projects;

  /**
   * @param projects that this worker serves
   */
  public SurveyActivitiesImpl(
      PullActivitiesImpl github,
      PreviewActivitiesImpl railway,
      WorkflowClient engine,
      Set<String> projects) {
    this.github = github;
    this.railway = railway;
    this.engine = engine;
    this.projects = Set.copyOf(projects);
  }

  @Override
  public Survey survey(SurveyQuery query) {
    Failures.requireServed(query.project(), projects);
    List<PullState> pulls = github.open(query.repository());
    List<Found> environments = railway.found(query);
    Set<Integer> numbers = new TreeSet<>();
    pulls.forEach(pull -> numbers.add(pull.number()));
    environments.stream()
        .filter(found -> found.ours() || found.bare())
        .forEach(found -> numbers.add(found.number()));
    List<Seen> runs =
        numbers.stream().flatMap(number -> run(query.project(), number).stream()).toList();
    // What was made between the two reads is listed by now.
    return new Survey(
        pulls, missing(runs, environments) ? railway.found(query) : environments, runs);
  }

  private static boolean missing(List<Seen> runs, List<Found> environments) {
    return runs.stream()
        .filter(run -> run.environmentId() != null)
        .anyMatch(
            run -> environments.stream().noneMatch(one -> one.id().equals(run.environmentId())));
  }

  /** Empty where it does not answer: nothing is known of it then. */
  private Optional<Seen> run(String project, int number) {
    WorkflowStub run = engine.newUntypedWorkflowStub(PreviewEnvWorkflow.id(project, number));
    try {
      boolean running =
          run.describe().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
      return Optional.of(seen(run.query("preview", PreviewStatus.class), running));
    } catch (WorkflowNotFoundException none) {
      return Optional.of(Seen.none(number));
    } catch (WorkflowException | StatusRuntimeException silent) {
      log.warn("preview not asked number={}: {}", number, silent.toString());
      return Optional.empty();
    }
  }

  private static Seen seen(PreviewStatus status, boolean running) {
    return new Seen(
        status.number(),
        running,
        status.stage(),
        status.environmentId(),
        status.head(),
        status.requester() != null,
        status.use());
  }
}
