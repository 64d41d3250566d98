package dev.signalbox.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Words on the side. */
public class AsidesTest {
  private static final TaskQueues QUEUES = new TaskQueues(PipelineFixture.PROJECT);

  private final List<Boolean> local = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<Void> answer = new CompletableFuture<>();
  private Runnable github = () -> {};
  private TestWorkflowEnvironment engine;

  @BeforeEach
  void start() {
    engine = Engine.fresh();
    NotifyActivities notices =
        Engine.knowing(NotifyActivities.class, "tell", Notice.class, this::told);
    var worker = engine.newWorker(QUEUES.workflows());
    worker.registerWorkflowImplementationTypes(SpeakerImpl.class);
    worker.registerActivitiesImplementations(notices);
    engine.newWorker(QUEUES.notices()).registerActivitiesImplementations(notices);
    engine.start();
  }

  private Object told(Notice notice) {
    local.add(Activity.getExecutionContext().getInfo().isLocal());
    asked.complete(null);
    github.run();
    return null;
  }

  @AfterEach
  void stop() {
    answer.complete(null);
    engine.close();
  }

  @Test
  void answersWhoAsksWhileGitHubIsSilent() {
    github = answer::join;
    WorkflowStub speaker = speaker();
    speaker.start();
    asked.join();

    assertThat(speaker.query("status", String.class)).isEqualTo("speaking");

    answer.complete(null);
    assertThat(speaker.getResult(String.class)).isEqualTo("said");
  }

  @Test
  void goesOnWhereTheEngineKnowsOfItWhenTheFirstAttemptFails() {
    github =
        () -> {
          if (local.size() == 1) {
            throw ApplicationFailure.newFailure("GitHub answered 503", "Unavailable");
          }
        };

    assertThat(said()).isEqualTo("said");
    assertThat(local).containsExactly(true, false);
  }

  @Test
  void takesARefusalForTheLastWord() {
    github =
        () -> {
          throw ApplicationFailure.newNonRetryableFailure("GitHub answered 422", "Rejected");
        };

    assertThat(said()).isEqualTo("refused");
    assertThat(local).containsExactly(true);
  }

  private String said() {
    WorkflowStub speaker = speaker();
    speaker.start();
    return speaker.getResult(String.class);
  }

  private WorkflowStub speaker() {
    WorkflowClient client = engine.getWorkflowClient();
    return client.newUntypedWorkflowStub(
        "Speaker", WorkflowOptions.newBuilder().setTaskQueue(QUEUES.workflows()).build());
  }

  /** Says one thing on the side. */
  @WorkflowInterface
  public interface Speaker {
    @WorkflowMethod
    String run();

    @QueryMethod
    String status();
  }

  /** Says whether it was heard. */
  public static final class SpeakerImpl implements Speaker {
    @Override
    public String run() {
      try {
        new Asides<>(NotifyActivities.class, QUEUES.notices())
            .say(
                "tell",
                notices ->
                    notices.tell(
                        new Notice("p", "o/r", 7, Event.LIVE, "marker", List.of(), "words")));
        return "said";
      } catch (ActivityFailure failure) {
        return "refused";
      }
    }

    @Override
    public String status() {
      return "speaking";
    }
  }
}
