package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static dev.signalbox.activities.backup.BackupHouse.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.archive.Upload;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.backup.Receipt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that were lost, that overlap, and that are called off. */
class BackupAttemptsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @TempDir Path archive;
  private BackupHouse house;

  @BeforeEach
  void build() {
    house = BackupHouse.withShop(archive);
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void givesTheReceiptOfTheFirstAttemptAgain() {
    Receipt first = house.take("b");
    house.query("delete from accounts");

    assertThat(house.take("b")).isEqualTo(first);
  }

  @Test
  void beginsAnewWhereAKilledAttemptLeftAHalfFile() {
    try (Upload half = house.store.begin("backups/inspector/production/b.dump")) {
      half.write(new byte[100], 0, 100);
      half.complete();
    }
    house.store.begin("backups/inspector/production/b.dump").write(new byte[100], 0, 100);

    Receipt receipt = house.take("b");

    assertThat(receipt.good()).isTrue();
    assertThat(house.files()).hasSize(2);
  }

  @Test
  void goesOnWithTheProofWhereAKilledAttemptHadDumped() {
    Receipt first = house.take("b");
    BackupShelf shelf = new BackupShelf(house.store, REFERENCE);
    shelf.write(shelf.find("b").orElseThrow().with(null));

    Receipt second = house.take("b");

    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(second.good()).isTrue();
  }

  @Test
  void waitsForAnAttemptThatStillRuns() {
    BackupLock.holding(
        house.address(),
        "b",
        false,
        new Stop(),
        () -> {
          assertThatThrownBy(() -> house.take("b"))
              .isInstanceOfSatisfying(
                  MigrationException.class,
                  failed -> assertThat(failed.fault()).isEqualTo(Fault.UNREACHABLE))
              .hasMessageContaining("a former attempt at the backup b still runs");
          return null;
        });
  }

  @Test
  void dropsTheScratchDatabaseThatAKilledWorkerLeft() {
    String left =
        house.query(
            "select 'signalbox_scratch_' || oid || '_0123456789abcdef' from pg_database where"
                + " datname = current_database()");
    house.query("create database " + left);

    house.take("b");

    assertThat(house.scratches()).isEmpty();
  }

  @Test
  void leavesTheScratchDatabasesOfOthersAlone() {
    house.take("b");

    try (ScratchDatabase scratch = ScratchDatabase.create(house.address(), "other", new Stop())) {
      house.take("c");

      assertThat(POSTGRES.query(scratch.address().value(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void dropsTheScratchDatabaseAlsoWhenItsSessionIsCutOff() {
    ScratchDatabase scratch = ScratchDatabase.create(house.address(), "cut", new Stop());
    house.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
            + " 'signalbox-scratch' and datname = current_database()");

    scratch.close();

    assertThat(house.scratches()).isEmpty();
  }

  @Test
  void dropsTheScratchDatabaseAlsoWhenItsThreadIsToEnd() {
    ScratchDatabase scratch = ScratchDatabase.create(house.address(), "cut", new Stop());
    house.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
            + " 'signalbox-scratch' and datname = current_database()");

    Thread.currentThread().interrupt();
    scratch.close();

    assertThat(house.scratches()).isEmpty();
  }

  @Test
  void endsAtOnceWhenItIsCalledOffAndLeavesNothing() throws Exception {
    Stop stop = new Stop();
    try (DatabaseSession other = locked()) {
      CompletableFuture<Receipt> running = running(stop);
      BackupHouse.eventually(house::waits);

      stop.now();

      assertThat(running).failsWithin(Duration.ofSeconds(10));
      BackupHouse.eventually(() -> !house.waits());
      other.run("rollback");
    }
    assertThat(house.files()).isEmpty();
    assertThat(house.scratches()).isEmpty();
    assertThatThrownBy(() -> house.take(house.address(), "b", stop))
        .isInstanceOf(Stop.StoppedException.class);
  }

  @Test
  void saysItsPasswordToNoProgramWhereOthersSeeIt() throws Exception {
    Stop stop = new Stop();
    try (DatabaseSession other = locked()) {
      CompletableFuture<Receipt> running = running(stop);
      BackupHouse.eventually(house::waits);

      assertThat(dumps())
          .isNotEmpty()
          .allSatisfy(
              dump ->
                  assertThat(dump.info().commandLine().orElse(""))
                      .contains("pg_dump")
                      .doesNotContain("postgresql:")
                      .doesNotContain(POSTGRES.server().password()));
      stop.now();
      assertThat(running).failsWithin(Duration.ofSeconds(10));
      other.run("rollback");
    }
  }

  /** A session that keeps a table locked until it rolls back. */
  private DatabaseSession locked() {
    DatabaseSession session = DatabaseSession.open(house.address(), "test");
    session.run("begin");
    session.run("lock table billing.invoices_2026 in access exclusive mode");
    return session;
  }

  private CompletableFuture<Receipt> running(Stop stop) {
    return CompletableFuture.supplyAsync(() -> house.take(house.address(), "b", stop), threads);
  }

  private static List<ProcessHandle> dumps() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("pg_dump"))
        // One that ends just now has none any more.
        .filter(process -> process.info().commandLine().isPresent())
        .toList();
  }
}
