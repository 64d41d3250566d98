package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static dev.signalbox.activities.backup.BackupHouse.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.activities.archive.FullDisk;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup is stopped by, in one sentence each, and that nothing is left of it. */
class BackupFailuresTest {
  @TempDir Path directory;
  private BackupHouse house;

  @BeforeEach
  void build() {
    house = BackupHouse.withShop(directory.resolve("archive"));
  }

  @Test
  void refusesADatabaseThatIsEmpty() {
    BackupHouse empty = new BackupHouse(directory.resolve("other"));

    refused(() -> empty.take("b"), "it is empty: there is no table in it");
    assertThat(empty.files()).isEmpty();
  }

  @Test
  void refusesADatabaseThatNamesNoRevision() {
    house.query("drop table alembic_version");

    refused(() -> house.take("b"), "it names no revision of Alembic's");
    nothingLeft();
  }

  @Test
  @Tag("newest-postgres")
  void refusesAClientThatIsTooOldForTheServer() {
    PostgresBackups old =
        new PostgresBackups(house.store, BackupHouse.programsIn(BackupHouse.olderPrograms()));

    fails(
        Fault.TOOL,
        () -> old.take(BackupHouse.order("b"), house.address(), new Stop()),
        "server 18.",
        "too old for it: 16.",
        "Install the PostgreSQL client 18 or newer");
    nothingLeft();
  }

  @Test
  void saysThatThereIsNoClientWherePgBinNamesOne() {
    PostgresBackups none = new PostgresBackups(house.store, BackupHouse.programsIn(directory));

    fails(
        Fault.TOOL,
        () -> none.take(BackupHouse.order("b"), house.address(), new Stop()),
        "no pg_dump and pg_restore that say their version are in " + directory);
    nothingLeft();
  }

  @Test
  void saysThatTheDiskOfTheArchiveIsFull() {
    PostgresBackups full =
        new PostgresBackups(FullDisk.at(directory.resolve("archive")), BackupHouse.programs());

    Throwable failed =
        catchThrowable(() -> full.take(BackupHouse.order("b"), house.address(), new Stop()));

    assertThat(failed)
        .isInstanceOfSatisfying(
            ArchiveException.class,
            archive -> assertThat(archive.kind()).isEqualTo(ArchiveException.Kind.FULL))
        .hasMessageContaining("the disk is full");
    nothingLeft();
  }

  @Test
  void saysThatTheServerIsAway() {
    fails(
        Fault.UNREACHABLE,
        () -> take("postgresql://ana:canary@127.0.0.1:1/app"),
        "127.0.0.1:1/app",
        "refused");
    nothingLeft();
  }

  @Test
  void saysThatThePasswordIsWrong() {
    fails(
        Fault.REFUSED,
        () -> take(POSTGRES.guarded(house.database, "canary-wrong")),
        "password authentication failed for user \"guarded\"");
    nothingLeft();
  }

  @Test
  void saysThatTheRoleMayNotReadEverything() {
    String address = as("no_reader", "pg_monitor");
    house.query("alter role no_reader" + house.databaseName() + " createdb");

    fails(Fault.REFUSED, () -> take(address), "permission denied for", "See what this role may do");
    nothingLeft();
  }

  @Test
  void saysThatTheRoleMayMakeNoDatabases() {
    fails(
        Fault.REFUSED,
        () -> take(as("no_databases", "pg_read_all_data")),
        "may not create databases",
        "CREATEDB");
    nothingLeft();
  }

  @Test
  void takesNoBackupWithoutTheRowsThatAPolicyHides() {
    String address = as("no_bypass", "pg_read_all_data");
    house.query("alter role no_bypass" + house.databaseName() + " createdb");

    fails(
        Fault.REFUSED,
        () -> take(address),
        "row-level security policy for table \"accounts\"",
        "BYPASSRLS");
    nothingLeft();
  }

  /** The address for a new role with the rights of another one. */
  private String as(String role, String rights) {
    String name = role + house.databaseName();
    house.query(
        "create role " + name + " login password 'canary-word'; grant " + rights + " to " + name);
    return house.database.replaceFirst("//[^@]*@", "//" + name + ":canary-word@");
  }

  @Test
  void namesTheExtensionThatTheServerLacks() throws IOException {
    String name = "signalbox_" + house.databaseName();
    Path extensions = POSTGRES.programs().resolve("../share/postgresql/extension").toRealPath();
    Path control = extensions.resolve(name + ".control");
    Path script = extensions.resolve(name + "--1.sql");
    Files.writeString(control, "default_version = '1'\n");
    Files.writeString(script, "select 1;\n");
    house.query("create extension " + name);
    Files.delete(control);
    Files.delete(script);

    fails(Fault.REFUSED, () -> house.take("b"), name, "Install the extension");
    assertThat(house.backups.list(REFERENCE)).extracting("verified").containsOnlyNulls();
    assertThat(house.scratches()).isEmpty();
  }

  @Test
  void saysWhatStoppedItAndNotWhatOnlyAnOlderServerDoesNotKnow() {
    String begin = "pg_restore: error: could not execute query: ERROR:  ";

    assertThat(
            new ProgramFailure("Restoring b", house.address())
                .of(
                    List.of(
                        begin + "unrecognized configuration parameter \"transaction_timeout\"",
                        begin + "extension \"postgis\" is not available"),
                    1))
        .hasMessageContaining("extension \"postgis\" is not available")
        .hasMessageNotContaining("transaction_timeout");
  }

  private void take(String address) {
    house.take(new DatabaseAddress("DATABASE_URL", address), "b", new Stop());
  }

  private interface Attempt {
    void run();
  }

  private static void refused(Attempt attempt, String... words) {
    fails(Fault.REFUSED, attempt, words);
  }

  private static void fails(Fault fault, Attempt attempt, String... words) {
    Throwable failed = catchThrowable(attempt::run);

    assertThat(failed)
        .isInstanceOfSatisfying(
            MigrationException.class, found -> assertThat(found.fault()).isEqualTo(fault))
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("canary");
  }

  private void nothingLeft() {
    assertThat(house.files()).isEmpty();
    assertThat(house.scratches()).isEmpty();
  }
}
