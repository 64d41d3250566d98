package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many people who want an environment to themselves. */
class LockersTest extends LedgerHouse {
  @Test
  void givesItToOneOfAHundredAtOnceAndToEachOtherInTurn() {
    pipeline = aPipeline().withGuests(100).build();
    EnvironmentWorkflow ledger =
        client.newWorkflowStub(
            EnvironmentWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(LEDGER)
                .setTaskQueue(queues.workflows())
                .build());
    WorkflowClient.start(ledger::run, LedgerState.empty("inspector", "production"));
    ExecutorService people = Executors.newFixedThreadPool(16);

    List<CompletableFuture<OrderAnswer>> asked =
        IntStream.range(0, 100)
            .mapToObj(
                at ->
                    CompletableFuture.supplyAsync(
                        () -> ledger.order(order(Kind.LOCK, "guest" + at)), people))
            .toList();
    List<OrderAnswer> answers = asked.stream().map(CompletableFuture::join).toList();
    people.shutdown();

    assertThat(answers).allMatch(OrderAnswer::counted);
    assertThat(answers).filteredOn(answer -> !answer.queued()).hasSize(1);
    StandingOrders standing = status().standing();
    List<String> queue = standing.queue().stream().map(StandingOrder::person).toList();
    assertThat(queue).hasSize(99).doesNotHaveDuplicates();
    for (int at = 0; at < 100; at++) {
      int place = queue.indexOf("guest" + at) + 1;
      assertThat(answers.get(at).message())
          .endsWith(
              place == 0
                  ? "locked for guest" + at
                  : " is number " + place + " in the queue and gets it then");
    }
    assertThat(ledger.order(order(Kind.UNLOCK, standing.lock().person())).message())
        .isEqualTo("unlocked; " + queue.get(0) + " has it now");
    HistoryEntry passedOn = status().history().get(status().history().size() - 1);
    assertThat(passedOn.requester()).isEqualTo(queue.get(0));
    assertThat(passedOn.detail())
        .as("on record, where no channel tells it")
        .startsWith("has it now, from " + standing.lock().person());
  }

  private static LedgerOrder order(Kind kind, String person) {
    return new LedgerOrder(kind + person, kind, person, "a test", "cli");
  }
}
