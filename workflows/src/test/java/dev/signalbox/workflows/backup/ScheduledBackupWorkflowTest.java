package dev.signalbox.workflows.backup;

import static dev.signalbox.workflows.fixtures.PipelineFixture.ENVIRONMENT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.PROJECT;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.approval.AnswerMessage;
import dev.signalbox.workflows.backup.BackupRequest.Deed;
import dev.signalbox.workflows.backup.BackupRound.Outcome;
import dev.signalbox.workflows.clock.ClockTimes;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.EnvironmentWorkflow;
import dev.signalbox.workflows.environment.EnvironmentWorkflowImpl;
import dev.signalbox.workflows.environment.LedgerState;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.fixtures.Engine;
import dev.signalbox.workflows.fixtures.PolicyOfMigrations;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import dev.signalbox.workflows.policy.PolicyActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By cron on an engine that skips time: what a day brings, day after day. */
class ScheduledBackupWorkflowTest {
  private static final TaskQueues QUEUES = new TaskQueues(PROJECT);
  private static final ClockTimes HOURLY = new ClockTimes("0 * * * *", "UTC");

  /** What each backup that is asked for comes to; static, because the engine makes the workflow. */
  private static final List<String> ENDS = new ArrayList<>();

  private static final List<BackupRequest> ASKED = new ArrayList<>();
  private static final List<String> RUNS = new ArrayList<>();

  private final TestWorkflowEnvironment engine = Engine.fresh();
  private final List<Notice> notices = new ArrayList<>();

  /** Stands for the run that takes it. */
  public static final class ToldBackup implements BackupWorkflow {
    @Override
    public BackupReport run(BackupRequest request) {
      int number = ASKED.size();
      ASKED.add(request);
      RUNS.add(Workflow.getInfo().getWorkflowId());
      String end = number < ENDS.size() ? ENDS.get(number) : "good";
      if (end.startsWith("slow")) {
        Workflow.sleep(Duration.ofMinutes(150));
      } else if (end.startsWith("busy")) {
        throw ApplicationFailure.newNonRetryableFailure(end, FailureType.BUSY.wireName());
      } else if (!end.startsWith("good")) {
        throw ApplicationFailure.newNonRetryableFailure(end, FailureType.REJECTED.wireName());
      }
      return BackupReport.of(List.of(receipt("b" + number)));
    }

    @Override
    public void resolve(AnswerMessage message) {}
  }

  @BeforeEach
  void start() {
    ENDS.clear();
    ASKED.clear();
    RUNS.clear();
    Worker workflows = engine.newWorker(QUEUES.workflows());
    workflows.registerWorkflowImplementationTypes(
        ScheduledBackupWorkflowImpl.class, ToldBackup.class, EnvironmentWorkflowImpl.class);
    workflows.registerActivitiesImplementations(
        Engine.knowing(
            PolicyActivities.class,
            Map.of(
                "read", query -> aPipeline().migrating(PolicyOfMigrations.byDefault()).build())));
    engine
        .newWorker(QUEUES.notices())
        .registerActivitiesImplementations(
            Engine.knowing(
                NotifyActivities.class, Map.of("tell", notice -> notices.add((Notice) notice))));
    engine.start();
    EnvironmentWorkflow ledger =
        workflow(EnvironmentWorkflow.class, EnvironmentWorkflow.id(PROJECT, ENVIRONMENT), null);
    WorkflowClient.start(ledger::run, LedgerState.empty(PROJECT, ENVIRONMENT));
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void takesOneAtEachTimeAndTellsTheLedger() {
    run(null, 2);

    BackupRound last = ledger().backups();
    assertThat(ASKED).extracting(BackupRequest::deed).containsOnly(Deed.TAKE_IF_QUIET);
    assertThat(last.outcome()).isEqualTo(Outcome.TAKEN);
    assertThat(last.good()).isEqualTo("b1");
    assertThat(last.due()).isEqualTo(HOURLY.latest(last.due()).orElseThrow());
    assertThat(last.missed()).isZero();
    assertThat(notices).isEmpty();
  }

  @Test
  void tellsACauseOnceAnotherOneAgainAndTheEnd() {
    ENDS.addAll(
        List.of(
            "good",
            "disk of db-1 is full at 10:00",
            "disk of db-2 is full at 11:00",
            "no such server",
            "good"));

    run(null, 4);

    BackupRound failing = ledger().backups();
    assertThat(failing.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failing.detail()).isEqualTo("no such server");
    assertThat(failing.good()).isEqualTo("b0");
    assertThat(failing.failingSince()).isEqualTo(failing.due().minus(Duration.ofHours(2)));

    engine.sleep(Duration.ofHours(1));

    assertThat(ledger().backups().failingSince()).isNull();
    assertThat(notices)
        .extracting(Notice::event)
        .containsExactly(Event.BACKUP_FAILED, Event.BACKUP_FAILED, Event.BACKUP_TAKEN);
    assertThat(notices.get(0).markdown()).contains("disk of db-1 is full at 10:00", "`b0`");
    assertThat(notices.get(2).topic().over()).isTrue();
  }

  @Test
  void skipsATimeAtWhichSomebodyElseIsAtTheDatabaseAndSaysSo() {
    ENDS.add("busy: it is being migrated");

    run(null, 1);

    assertThat(ledger().backups().outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(ledger().backups().detail()).contains("it is being migrated");
    assertThat(notices).isEmpty();
  }

  @Test
  void saysThatTheRunOfABackupWasCancelled() {
    ENDS.add("slow");
    run(null, 1);

    engine.getWorkflowClient().newUntypedWorkflowStub(RUNS.get(0)).cancel();
    engine.sleep(Duration.ofMinutes(10));

    assertThat(ledger().backups().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ledger().backups().detail()).isEqualTo("its run was cancelled");
  }

  @Test
  void countsTheTimesThatPassedWhileOneWasUnderWay() {
    ENDS.addAll(List.of("good", "slow"));

    run(null, 5);

    assertThat(ASKED).hasSize(3);
    assertThat(ledger().backups().missed()).isEqualTo(2);
  }

  @Test
  void takesNoneWhileItIsPaused() {
    run("the server moves", 2);

    assertThat(ASKED).isEmpty();
    assertThat(ledger().backups()).isNull();
  }

  @Test
  void forgetsTheLastOneOnceNoneAreScheduled() {
    run(null, 1);

    door().backupsUnscheduled();

    assertThat(ledger().backups()).isNull();
  }

  /** From half past an hour on, so many hours. */
  private void run(String paused, int hours) {
    Instant now = Instant.ofEpochMilli(engine.currentTimeMillis());
    engine.sleep(
        Duration.between(now, HOURLY.next(now).orElseThrow()).plus(Duration.ofMinutes(30)));
    ScheduledBackup order =
        new ScheduledBackup(
            PROJECT, ENVIRONMENT, HOURLY, Instant.ofEpochMilli(engine.currentTimeMillis()), paused);
    ScheduledBackupWorkflow chain =
        workflow(
            ScheduledBackupWorkflow.class,
            ScheduledBackupWorkflow.id(PROJECT, ENVIRONMENT),
            HOURLY.cron());
    WorkflowClient.start(chain::run, order);
    engine.sleep(Duration.ofHours(hours));
  }

  private LedgerStatus ledger() {
    return door().status();
  }

  private EnvironmentWorkflow door() {
    return engine
        .getWorkflowClient()
        .newWorkflowStub(EnvironmentWorkflow.class, EnvironmentWorkflow.id(PROJECT, ENVIRONMENT));
  }

  private <T> T workflow(Class<T> type, String id, String cron) {
    WorkflowOptions.Builder options =
        WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUES.workflows());
    return engine
        .getWorkflowClient()
        .newWorkflowStub(
            type, cron == null ? options.build() : options.setCronSchedule(cron).build());
  }

  private static Receipt receipt(String id) {
    return new Receipt(
        id, PROJECT, ENVIRONMENT, "db:5432/app", null, 1, "ab", null, null, "file:/b", null, null);
  }
}
