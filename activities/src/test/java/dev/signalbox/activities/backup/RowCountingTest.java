package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static dev.signalbox.activities.backup.BackupHouse.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.migration.PostgresServer;
import dev.signalbox.workflows.backup.RowLoss.TableLoss;
import dev.signalbox.workflows.backup.RowsSince;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written since a backup, by count, on a real PostgreSQL. */
class RowCountingTest {
  @TempDir Path archive;
  private RestoreHouse house;

  @BeforeEach
  void build() {
    house = new RestoreHouse(archive);
  }

  private RowsSince since(String address) {
    return house.shop.backups.since(REFERENCE, BackupHouse.address(address), "b", new Stop());
  }

  @Test
  void countsTableByTableWithoutThoseOfRevisions() {
    house.shop.query("insert into accounts (name) values ('new one'), ('new two')");
    house.shop.query("create table orders as select n from generate_series(1, 12) n");
    house.shop.query("drop table nothing");
    house.shop.query("insert into alembic_version values ('another head')");

    RowsSince since = since(house.shop.database);

    assertThat(since.loss().tables())
        .containsExactly(
            new TableLoss("public.orders", 12, 0, true),
            new TableLoss("public.accounts", 2, 0, true),
            new TableLoss("public.nothing", 0, 1, true));
    assertThat(since.uncounted()).isEmpty();
    assertThat(since.words())
        .startsWith("14 rows are lost, written in the 0 minutes since ")
        .contains("and 1 former row comes back (public.orders 12 by count, ")
        .endsWith("; changed rows are not counted");
  }

  @Test
  void namesTablesThatItMayNotRead() {
    String guarded = POSTGRES.guarded(house.shop.database, PostgresServer.PASSWORD);

    RowsSince since = since(guarded);

    assertThat(since.uncounted()).contains("public.accounts");
    assertThat(since.loss().rows()).isZero();
    assertThat(since.words()).contains(", and of these tables none: ");
  }

  @Test
  void refusesABackupThatIsNotThere() {
    assertThatThrownBy(
            () -> house.shop.backups.since(REFERENCE, house.shop.address(), "none", new Stop()))
        .hasMessageContaining("there is no receipt of it in production");
  }
}
