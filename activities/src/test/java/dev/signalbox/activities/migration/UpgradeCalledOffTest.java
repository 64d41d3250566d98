package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.migration.MigrationActivities;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import io.temporal.activity.ActivityOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class UpgradeCalledOffTest extends MigrationHouse {
  private ExecutorService thread;
  private MigrationActivities heard;

  @BeforeEach
  void hearSigns() {
    thread = Executors.newSingleThreadExecutor();
    heard =
        engine.newActivityStub(
            MigrationActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(2))
                .setHeartbeatTimeout(Duration.ofMillis(500))
                .build());
  }

  @AfterEach
  void endThread() {
    thread.shutdownNow();
  }

  private void await(String condition) throws InterruptedException {
    while (!query("select " + condition).equals("t")) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "psycopg2"})
  void endsItsProcessesAndItsStatementsAndSaysHowFarItCame(String driver) throws Exception {
    MigrationSourceReference source =
        pushed(
            SmallProject.empty()
                .connecting(
                    "context.config.get_main_option(\"sqlalchemy.url\").replace('postgresql:',"
                        + " 'postgresql+"
                        + driver
                        + ":')",
                    "")
                .sql("r1", "create table users (id int)")
                .sql("r2", "create table half (id int)", "select pg_sleep(600)"));

    CompletableFuture<UpgradeEnd> end =
        CompletableFuture.supplyAsync(
            () -> heard.upgrade(order(source, List.of(), "r1", "r2")), thread);
    await(
        "exists (select from pg_stat_activity where query like 'select pg_sleep%'"
            + " and datname = current_database() and application_name like 'signalbox:%')");
    assertThat(ofThisRun()).isEqualTo(1);
    engine.requestCancelActivity();

    assertThat(end.get().failed().kind()).isEqualTo(MigrationActivities.CANCELLED);
    assertThat(end.get().failed().revision()).isEqualTo("r2");
    assertThat(end.get().at()).containsExactly("r1");
    assertThat(end.get().ran()).hasSize(1);
    assertThat(marked()).isEqualTo("0");
    assertThat(query("select to_regclass('half')")).isEmpty();
    assertThat(ofThisRun()).isZero();
  }

  @Test
  void endsACommandAndItsStatements() throws Exception {
    StepsTool steps =
        new StepsTool(
            reference().variable(), "create table users (id int)", "select pg_sleep(600)");
    MigrationSourceReference source = pushed(steps.project(), StepsTool.policy(python));

    CompletableFuture<UpgradeEnd> end =
        CompletableFuture.supplyAsync(
            () -> heard.upgrade(order(source, List.of(), "command")), thread);
    await(
        "exists (select from pg_stat_activity where query like 'select pg_sleep%'"
            + " and datname = current_database() and application_name like 'signalbox:%')");
    engine.requestCancelActivity();

    assertThat(end.get().failed().kind()).isEqualTo(MigrationActivities.CANCELLED);
    assertThat(end.get().at()).containsExactly("1");
    assertThat(marked()).isEqualTo("0");
    assertThat(ofThisRun()).isZero();
  }

  private long ofThisRun() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains("run=" + run))
        .count();
  }

  @Test
  void runsNothingWhenItIsCalledOffWhileItWaits() throws Exception {
    MigrationSourceReference source =
        pushed(SmallProject.empty().sql("r1", "create table users (id int)"));
    try (DatabaseSession other =
        DatabaseSession.open(new DatabaseAddress("X", database), new RunMark("another").lock())) {
      other.value("select pg_advisory_lock(" + MigratorLock.KEY + ")");
      CompletableFuture<FailureType> end =
          CompletableFuture.supplyAsync(
              () -> typeOf(() -> heard.upgrade(order(source, List.of(), "r1"))), thread);
      await(
          "exists (select from pg_stat_activity where datname = current_database()"
              + " and application_name = '"
              + new RunMark(run).lock()
              + "')");
      engine.requestCancelActivity();

      assertThat(end.get()).isEqualTo(FailureType.NOT_SENT);
    }
    assertThat(query("select to_regclass('users')")).isEmpty();
  }
}
