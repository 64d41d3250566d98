package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static dev.signalbox.activities.backup.BackupHouse.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.archive.BucketServer;
import dev.signalbox.workflows.backup.Receipt;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real PostgreSQL with its own programs. */
class PostgresBackupsTest {
  @TempDir Path archive;

  @Test
  void givesAReceiptForWhatCanBeRestored() {
    BackupHouse house = BackupHouse.withShop(archive);

    Receipt receipt = house.take("production-1");

    assertThat(receipt.good()).isTrue();
    assertThat(receipt.schema()).containsExactly("6f7a8b9c0d1e");
    assertThat(receipt.database()).startsWith("127.0.0.1:").doesNotContain("postgres:");
    assertThat(receipt.sha256()).hasSize(64);
    assertThat(receipt.where()).startsWith("file:///").endsWith("production-1.dump");
    assertThat(receipt.tools()).containsOnlyKeys("pg_dump", "server");
    assertThat(receipt.verified().rows()).isEqualTo(902);
    assertThat(receipt.verified().objects()).isGreaterThan(40);
    assertThat(receipt.verified().tables())
        .contains("public.accounts", "billing.invoices_2025", "public.nothing");
    assertThat(receipt.verified().counted()).isEmpty();
    assertThat(house.files())
        .containsExactly(
            "backups/inspector/production/production-1.dump",
            "backups/inspector/production/production-1.json");
    assertThat(house.scratches()).isEmpty();
  }

  @Test
  void keepsItInABucket() {
    BackupHouse house = BackupHouse.withShop(archive);
    PostgresBackups bucket =
        new PostgresBackups(BucketServer.shared().archive(), BackupHouse.programs());

    Receipt receipt = bucket.take(BackupHouse.order("b"), house.address(), new Stop());

    assertThat(receipt.good()).isTrue();
    assertThat(receipt.where()).startsWith("s3://").endsWith("/inspector/production/b.dump");
    assertThat(bucket.verify(REFERENCE, house.address(), "b", new Stop()).good()).isTrue();
    assertThat(bucket.list(REFERENCE)).hasSize(1);
    assertThat(house.files()).isEmpty();
  }

  @Test
  void restoresItForWhoeverWantsACopyAndDropsThat() {
    BackupHouse house = BackupHouse.withShop(archive);
    house.take("production-1");
    house.query("delete from accounts");

    String copy;
    try (ScratchDatabase scratch =
        house.backups.restored(
            REFERENCE, house.address(), "production-1", "rehearsal", new Stop())) {
      copy = scratch.address().value();
      assertThat(POSTGRES.query(copy, "select count(*) from accounts")).isEqualTo("500");
      assertThat(POSTGRES.query(copy, "select version_num from alembic_version"))
          .isEqualTo("6f7a8b9c0d1e");
      assertThat(house.scratches()).hasSize(1);
    }

    assertThat(house.scratches()).isEmpty();
    assertThatThrownBy(() -> POSTGRES.query(copy, "select 1"))
        .hasMessageContaining("does not exist");
  }
}
