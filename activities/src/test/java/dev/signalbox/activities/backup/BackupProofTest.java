package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static dev.signalbox.activities.backup.BackupHouse.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.archive.ArchiveException;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.sandbox.postgres.LocalPostgres;
import dev.signalbox.workflows.backup.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receipt proves something only where anything else would not have got one. */
class BackupProofTest {
  @TempDir Path archive;
  private BackupHouse house;

  @BeforeEach
  void build() {
    house = BackupHouse.withShop(archive);
  }

  @Test
  void provesAGoodBackupAgain() {
    Receipt first = house.take("b");

    Receipt again = verify();

    assertThat(again.sha256()).isEqualTo(first.sha256());
    assertThat(again.verified().at()).isAfter(first.verified().at());
    assertThat(house.scratches()).isEmpty();
  }

  @Test
  void noticesThatAFileWasCutOff() throws IOException {
    house.take("b");
    byte[] bytes = Files.readAllBytes(dump());
    Files.write(dump(), Arrays.copyOf(bytes, bytes.length - 100));

    spoiled("it is not the file that was written", (bytes.length - 100) + " bytes instead of");
  }

  @Test
  void noticesThatBytesWereFlipped() throws IOException {
    house.take("b");
    byte[] bytes = Files.readAllBytes(dump());
    bytes[bytes.length / 2] ^= 1;
    Files.write(dump(), bytes);

    spoiled("it is not the file that was written: other bytes (SHA-256");
  }

  @Test
  void noticesThatTheFileIsEmpty() throws IOException {
    house.take("b");
    Files.write(dump(), new byte[0]);

    spoiled("0 bytes instead of");
  }

  @Test
  void noticesThatTheFileIsGone() throws IOException {
    house.take("b");
    Files.delete(dump());

    spoiled("there is no such file");
  }

  @Test
  void saysWhatPostgresSaysOfADumpThatWasDamagedBeforeItWasHashed() throws IOException {
    house.take("b");
    byte[] bytes = Files.readAllBytes(dump());
    Files.write(dump(), Arrays.copyOf(bytes, bytes.length / 2));
    believeTheFile();

    assertThatThrownBy(this::verify)
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("Restoring the backup b")
        .hasMessageContaining("the dump is damaged: could not read from input file: end of file");
    notGood();
  }

  @Test
  void noticesThatAnotherDatabaseComesOut() throws IOException {
    BackupHouse other = new BackupHouse(archive.resolve("other"));
    POSTGRES.query(
        other.database,
        BackupHouse.resource("shop.sql")
            + "drop view rich; delete from accounts where id = 7; update billing.invoices set"
            + " signalbox = 'x' where issued = '2025-07-01'; drop index open_accounts");
    house.take("b");
    other.take("b");
    Files.copy(
        archive.resolve("other/backups/inspector/production/b.dump"),
        dump(),
        StandardCopyOption.REPLACE_EXISTING);
    believeTheFile();

    assertThatThrownBy(this::verify)
        .isInstanceOfSatisfying(
            MigrationException.class, failed -> assertThat(failed.fault()).isEqualTo(Fault.REFUSED))
        .hasMessageContaining("what comes out is not what the database held")
        .hasMessageContaining("not restored: view public.rich")
        .hasMessageContaining("not restored: index public.open_accounts")
        .hasMessageContaining("and ");
    notGood();
  }

  @Test
  void countsWhatTheDumpSeesHoweverMuchIsWrittenMeanwhile() {
    BackupShelf shelf = new BackupShelf(house.store, REFERENCE);
    PostgresPrograms programs = BackupHouse.programs().fitting(house.query("show server_version"));
    DatabaseContent content;
    try (Snapshot snapshot = Snapshot.of(house.address(), new Stop())) {
      house.query("delete from accounts where id < 100");
      new Dumping(programs, Map.of(), new Stop()).of(house.address(), snapshot, shelf, "b");
      house.query(
          "insert into nothing default values; update alembic_version set version_num = 'x'");
      content = snapshot.content();
    }

    assertThat(content.tables().get("public.accounts").rows()).isEqualTo(500);
    assertThat(content.tables().get("public.nothing").rows()).isEqualTo(1);
    assertThat(content.schema()).containsExactly("6f7a8b9c0d1e");
    assertThat(restored(shelf, programs).differences(content)).isEmpty();
  }

  @Test
  void onlyCountsTheRowsOfTablesThatAreTooBig() {
    try (DatabaseSession session = DatabaseSession.open(house.address(), "test")) {
      long size = Long.parseLong(house.query("select pg_table_size('accounts')"));
      DatabaseContent content = new ContentReading(session, size - 1).read();

      assertThat(content.counted()).containsExactly("public.accounts");
      assertThat(content.tables().get("public.accounts").rows()).isEqualTo(500);
      assertThat(content.checked()).contains("public.alembic_version");
    }
  }

  @Test
  @Tag("newest-postgres")
  void restoresIntoAServerThatIsOlderThanTheClient() {
    try (LocalPostgres older = LocalPostgres.of(POSTGRES.python(), 16)) {
      String address = older.database("shop");
      POSTGRES.query(address, BackupHouse.resource("shop.sql"));

      Receipt receipt = house.take(BackupHouse.address(address), "older", new Stop());

      assertThat(receipt.good()).isTrue();
      assertThat(receipt.tools().get("server")).startsWith("16.");
      assertThat(receipt.tools().get("pg_dump")).startsWith("18.");
    }
  }

  private DatabaseContent restored(BackupShelf shelf, PostgresPrograms programs) {
    try (ScratchDatabase scratch = ScratchDatabase.create(house.address(), "test", new Stop())) {
      Receipt receipt = receipt(shelf);
      new Restoring(programs, Map.of(), new Stop()).into(scratch.address(), shelf, receipt);
      try (Snapshot snapshot = Snapshot.of(scratch.address(), new Stop())) {
        return snapshot.content();
      }
    }
  }

  /** Of a dump that has none, as its file is. */
  private Receipt receipt(BackupShelf shelf) {
    Receipt unknown =
        new Receipt("b", "inspector", "production", null, null, 0, "", null, null, "", null, null);
    try (CheckedFile file = new CheckedFile(shelf.dump(unknown))) {
      file.drain();
      return new Receipt(
          "b",
          "inspector",
          "production",
          null,
          null,
          file.bytes(),
          file.sha256(),
          null,
          null,
          "",
          null,
          null);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Writes into the receipt what the file is now, as if it had been written so. */
  private void believeTheFile() {
    BackupShelf shelf = new BackupShelf(house.store, REFERENCE);
    StoredBackup stored = shelf.find("b").orElseThrow();
    Receipt found = receipt(shelf);
    Receipt old = stored.receipt();
    shelf.write(
        new StoredBackup(
            new Receipt(
                "b",
                old.project(),
                old.environment(),
                old.database(),
                old.schema(),
                found.bytes(),
                found.sha256(),
                old.takenAt(),
                old.took(),
                old.where(),
                old.tools(),
                old.verified()),
            stored.content()));
  }

  private Receipt verify() {
    return house.backups.verify(REFERENCE, house.address(), "b", new Stop());
  }

  private void spoiled(String... words) {
    assertThatThrownBy(this::verify)
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("b.dump")
        .hasMessageContainingAll(words);
    notGood();
  }

  private void notGood() {
    assertThat(house.backups.list(REFERENCE)).hasSize(1).noneMatch(Receipt::good);
    assertThat(house.scratches()).isEmpty();
  }

  private Path dump() {
    return archive.resolve("backups/inspector/production/b.dump");
  }
}
