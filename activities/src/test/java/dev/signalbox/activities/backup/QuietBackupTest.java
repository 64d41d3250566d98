package dev.signalbox.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.activities.migration.MigratorLock;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.Receipt;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who takes a backup beside whom. */
class QuietBackupTest {
  private static final String WAITS =
      "select 1 from pg_locks where locktype = 'advisory' and not granted and database ="
          + " (select oid from pg_database where datname = current_database())";

  @TempDir Path archive;
  private BackupHouse house;

  @BeforeEach
  void build() {
    house = BackupHouse.withShop(archive);
  }

  @Test
  void takesNoneBesideAnotherWhereOneIsWantedOnlyIfItIsQuiet() {
    BackupLock.holding(
        house.address(),
        "of-the-migration",
        false,
        new Stop(),
        () -> {
          assertBusy("another backup of it is under way");
          return null;
        });

    assertThat(ifQuiet("scheduled").good()).isTrue();
  }

  @Test
  void takesNoneBesideAMigrationWhereOneIsWantedOnlyIfItIsQuiet() {
    try (DatabaseSession migrator = DatabaseSession.open(house.address(), "migrator")) {
      migrator.value("select pg_advisory_lock(?)", MigratorLock.KEY);

      assertBusy("it is being migrated");
    }
  }

  @Test
  void keepsAMigratorAwayWhileItDumps() {
    BackupLock.holding(
        house.address(),
        "scheduled",
        true,
        new Stop(),
        () -> {
          try (DatabaseSession migrator = DatabaseSession.open(house.address(), "migrator")) {
            assertThat(migrator.value("select pg_try_advisory_lock(?)", MigratorLock.KEY))
                .isEqualTo("f");
          }
          return null;
        });
  }

  @Test
  void waitsForAnotherBackupBeforeAMigrationsOwn() {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<Receipt> own =
          BackupLock.holding(
              house.address(),
              "scheduled",
              true,
              new Stop(),
              () -> {
                CompletableFuture<Receipt> begun =
                    CompletableFuture.supplyAsync(() -> house.take("own"), other);
                BackupHouse.eventually(() -> !house.query(WAITS).isEmpty());
                assertThat(house.files()).isEmpty();
                return begun;
              });

      assertThat(own.join().good()).isTrue();
    } finally {
      other.shutdown();
    }
  }

  @Test
  void waitsNoLongerOnceItIsCalledOff() {
    ExecutorService other = Executors.newSingleThreadExecutor();
    Stop stop = new Stop();
    try {
      BackupLock.holding(
          house.address(),
          "scheduled",
          true,
          new Stop(),
          () -> {
            CompletableFuture<Receipt> begun =
                CompletableFuture.supplyAsync(
                    () -> house.take(house.address(), "own", stop), other);
            BackupHouse.eventually(() -> !house.query(WAITS).isEmpty());

            stop.now();

            assertThatThrownBy(begun::join).hasRootCauseInstanceOf(Stop.StoppedException.class);
            return null;
          });
    } finally {
      other.shutdown();
    }
  }

  private void assertBusy(String why) {
    assertThatThrownBy(() -> ifQuiet("scheduled"))
        .isInstanceOfSatisfying(
            MigrationException.class, failed -> assertThat(failed.fault()).isEqualTo(Fault.BUSY))
        .hasMessageContaining(why);
    assertThat(house.files()).isEmpty();
  }

  private Receipt ifQuiet(String id) {
    return house.backups.take(
        new BackupOrder(BackupHouse.REFERENCE, BackupActivitiesTest.KEEP_ONE, null, id, true),
        house.address(),
        new Stop());
  }
}
