package dev.signalbox.workflows.spoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.spoken.SpokenActivities.Answered;
import dev.signalbox.workflows.spoken.SpokenActivities.Carried;
import dev.signalbox.workflows.spoken.SpokenActivities.Left;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SpokenWorkflowTest {
  private static final SpokenWords WORDS =
      new SpokenWords("inspector", "github", "7", "ana", "approve", "3", Instant.EPOCH, null, null);
  private static final Left LEFT = new Left("promotion/inspector/production/1", "github-7");

  private final Queue<Carried> carried = new ArrayDeque<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private int looksWithoutAVerdict;
  private String refusal;

  @Test
  void triesAgainWhoeverWasNotReachedAndAnswersWhatIsNew() {
    carried.add(new Carried("no worker", null, true));
    carried.add(new Carried("no worker", null, true));
    carried.add(new Carried("frozen", null, false));

    run();

    assertThat(told).containsExactly("no worker", "frozen");
  }

  @Test
  void tellsAVerdictHoweverLateItComes() {
    carried.add(new Carried("recorded", LEFT, false));
    looksWithoutAVerdict = 500;

    run();

    assertThat(told).containsExactly("recorded", "verdict");
  }

  @Test
  void isTakenOverSoonFromAGatewayThatDiesWhileItCarriesItOut() throws IOException {
    carried.add(new Carried("frozen", null, false));

    List<JsonNode> scheduled =
        new ObjectMapper().readTree(run()).findValues("activityTaskScheduledEventAttributes");

    assertThat(scheduled.get(0).at("/activityType/name").asText()).isEqualTo("CarryOut");
    assertThat(Duration.parse("PT" + scheduled.get(0).path("heartbeatTimeout").asText()))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
  }

  @Test
  void failsWithWhereToLookWhenNobodyCanBeAnswered() {
    carried.add(new Carried("frozen", null, false));
    refusal = "GitHub answered 403";

    assertThatThrownBy(this::run)
        .cause()
        .hasMessageContaining("ana is not answered to what was said at github (7)")
        .hasMessageContaining("`audit` show what came of it: GitHub answered 403");
  }

  /** The branch that the replay keeps: not reached at first, then left, then judged. */
  String judged() {
    carried.add(new Carried("no engine", null, true));
    carried.add(new Carried("recorded", LEFT, false));
    looksWithoutAVerdict = 1;
    return run();
  }

  /** Gives the history. */
  private String run() {
    try (TestWorkflowEnvironment engine = Engine.fresh()) {
      String queue = new TaskQueues("inspector").gateway();
      Worker worker = engine.newWorker(queue);
      worker.registerWorkflowImplementationTypes(SpokenWorkflowImpl.class);
      worker.registerActivitiesImplementations(
          Engine.knowing(
              SpokenActivities.class,
              Map.of(
                  "carryOut",
                  words -> carried.remove(),
                  "answer",
                  answered -> answer((Answered) answered),
                  "tellVerdict",
                  awaited -> tellVerdict())));
      engine.start();
      engine
          .getWorkflowClient()
          .newWorkflowStub(
              SpokenWorkflow.class,
              WorkflowOptions.newBuilder()
                  .setWorkflowId(SpokenWorkflow.id(WORDS))
                  .setTaskQueue(queue)
                  .build())
          .run(WORDS);
      return engine.getWorkflowClient().fetchHistory(SpokenWorkflow.id(WORDS)).toJson(true);
    }
  }

  private Void answer(Answered answered) {
    if (refusal != null) {
      throw ApplicationFailure.newNonRetryableFailure(refusal, "Rejected");
    }
    told.add(answered.text());
    return null;
  }

  private Void tellVerdict() {
    if (looksWithoutAVerdict-- > 0) {
      throw ApplicationFailure.newFailure("not yet", "NotJudged");
    }
    told.add("verdict");
    return null;
  }
}
