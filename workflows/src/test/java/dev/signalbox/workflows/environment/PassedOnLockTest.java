package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.notify.NotifyActivities.Topic;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said and kept when the lock passes on to the next in the queue. */
class PassedOnLockTest extends LedgerHouse {
  private static final Duration HOUR = Duration.ofHours(1);
  private EnvironmentWorkflow ledger;

  @BeforeEach
  void anOpenLedger() {
    pipeline = guests(3).tellingAtSlack("C1").build();
    ledger =
        client.newWorkflowStub(
            EnvironmentWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(LEDGER)
                .setTaskQueue(queues.workflows())
                .build());
    WorkflowClient.start(ledger::run, LedgerState.empty("inspector", "production"));
  }

  @Test
  void isOnRecordAndToldWhereTheChannelIs() {
    lock("guest0", null);
    lock("guest1", null);

    ledger.order(new LedgerOrder("u", Kind.UNLOCK, "guest0", "done", "cli"));

    comesTrue(
        () ->
            assertThat(notices)
                .singleElement()
                .satisfies(
                    notice ->
                        assertThat(notice.markdown())
                            .contains("guest1 has it now, from guest0 (a test)")));
    assertThat(status().history())
        .extracting(entry -> entry.requester() + " " + entry.kind().word() + ": " + entry.detail())
        .endsWith("guest0 unlocked: done", "guest1 locked: has it now, from guest0: a test");
  }

  @Test
  void isToldInAnIssueOfTheEnvironmentWhereNoChannelIs() {
    pipeline = guests(3).build();
    lock("guest0", null);
    lock("guest1", null);

    ledger.order(new LedgerOrder("u", Kind.UNLOCK, "guest0", "done", "cli"));

    comesTrue(
        () ->
            assertThat(notices)
                .singleElement()
                .satisfies(
                    notice -> {
                      assertThat(notice.topic())
                          .isEqualTo(
                              new Topic(LEDGER + " lock", "Who has the lock of production", false));
                      assertThat(notice.markdown()).contains("guest1 has it now, from guest0");
                    }));
  }

  @Test
  void passesOverInTheQueueWhoIsNotInTheFileAnyMore() {
    lock("guest0", null);
    lock("guest2", null);
    lock("guest1", null);
    pipeline = guests(2).build();

    assertThat(ledger.order(new LedgerOrder("u", Kind.UNLOCK, "guest0", "done", "cli")).message())
        .isEqualTo("unlocked; guest1 has it now");
  }

  @Test
  void takesItFromWhoIsNotInTheFileAnyMoreWhenItCameByItself() {
    lock("guest0", engineNow().plus(HOUR));
    lock("guest2", null);
    lock("guest1", null);
    pipeline = guests(2).build();

    engine.sleep(HOUR.plusMinutes(1));

    comesTrue(() -> assertThat(status().standing().lock().person()).isEqualTo("guest1"));
    assertThat(status().history())
        .extracting(entry -> entry.requester() + " " + entry.kind().word() + ": " + entry.detail())
        .endsWith(
            "guest2 locked: has it now, from guest0: a test",
            "guest2 unlocked: passed over, [people] of the file does not name them",
            "guest1 locked: has it now, from guest2: a test");
  }

  private Instant engineNow() {
    return Instant.ofEpochMilli(engine.currentTimeMillis());
  }

  private void lock(String person, Instant until) {
    ledger.order(
        new LedgerOrder(
            "l" + person, Kind.LOCK, person, "a test", "cli", null, until, false, null, null));
  }

  private static PipelineFixture guests(int number) {
    return aPipeline().withGuests(number);
  }
}
