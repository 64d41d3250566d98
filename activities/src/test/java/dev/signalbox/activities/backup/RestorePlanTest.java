package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static dev.signalbox.activities.backup.BackupHouse.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.migration.PostgresServer;
import dev.signalbox.workflows.backup.RestoreActivities.RestorePlan;
import dev.signalbox.workflows.backup.RowLoss.TableLoss;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What going back would cost, on a real PostgreSQL. */
class RestorePlanTest {
  @TempDir Path archive;
  private RestoreHouse house;

  @BeforeEach
  void build() {
    house = new RestoreHouse(archive);
  }

  @Test
  void countsTheRowsThatWereWrittenSince() {
    house.shop.query("insert into accounts (name) values ('new one'), ('new two'), ('new three')");
    house.shop.query(
        "update accounts set balance = -0 + 7777 where name in ('account 1', 'account 2')");
    house.shop.query("delete from accounts where name = 'account 500'");
    house.shop.query("update alembic_version set version_num = 'newer'");

    RestorePlan plan = house.plan();

    assertThat(plan.loss().tables()).containsExactly(new TableLoss("public.accounts", 5, 3, false));
    assertThat(plan.loss().rows()).isEqualTo(5);
    assertThat(plan.loss().back()).isEqualTo(3);
    assertThat(plan.loss().from()).isEqualTo(plan.receipt().takenAt());
    assertThat(plan.loss().until()).isAfter(plan.loss().from());
    assertThat(plan.at()).containsExactly("newer");
    assertThat(plan.receipt().schema()).containsExactly("6f7a8b9c0d1e");
    assertThat(plan.name()).isEqualTo(house.shop.databaseName());
    assertThat(plan.number()).isEqualTo(house.number());
  }

  @Test
  void countsNothingWhereNothingWasWritten() {
    RestorePlan plan = house.plan();

    assertThat(plan.loss().rows()).isZero();
    assertThat(plan.loss().back()).isZero();
    assertThat(plan.loss().tables()).isEmpty();
    assertThat(plan.remarks()).isEmpty();
  }

  @Test
  void comparesTheRowsOfAChangedTableByTheColumnsThatItHadThen() {
    house.shop.query("alter table accounts add column vip boolean default false");
    house.shop.query("insert into accounts (name) values ('new')");

    assertThat(house.plan().loss().tables())
        .containsExactly(new TableLoss("public.accounts", 1, 0, false));
  }

  @Test
  void countsTablesThatCameAndThatWent() {
    house.shop.query("create table orders as select n from generate_series(1, 12) n");
    house.shop.query("drop table nothing");

    assertThat(house.plan().loss().tables())
        .containsExactly(
            new TableLoss("public.orders", 12, 0, false),
            new TableLoss("public.nothing", 0, 1, false));
  }

  @Test
  void tellsEqualRowsApartByHowManyThereAre() {
    house.shop.query("insert into nothing default values");

    assertThat(house.plan().loss().tables())
        .containsExactly(new TableLoss("public.nothing", 1, 0, false));
  }

  @Test
  void leavesNothingBehind() {
    house.plan();

    assertThat(house.shop.scratches()).isEmpty();
    assertThat(house.accounts()).isEqualTo("500");
  }

  @Test
  void namesWhatReplicatesAndIsNotBroughtBack() {
    house.shop.query(
        "create subscription feed connection 'host=127.0.0.1 dbname=none' publication p"
            + " with (connect = false)");

    assertThat(house.plan().remarks())
        .containsExactly("not brought back, because it replicates: subscription feed");
    house.shop.query("alter subscription feed set (slot_name = none); drop subscription feed");
  }

  @Test
  void refusesABackupThatIsNotProved() {
    BackupShelf shelf = new BackupShelf(house.shop.store, REFERENCE);
    shelf.write(shelf.find("b").orElseThrow().with(null));

    assertThatThrownBy(house::plan).hasMessageContaining("it was never proved");
  }

  @Test
  void refusesARoleThatDoesNotOwnTheDatabase() {
    String guarded = POSTGRES.guarded(house.shop.database, PostgresServer.PASSWORD);

    assertThatThrownBy(() -> house.plan(BackupHouse.address(guarded)))
        .hasMessageContaining("the role guarded does not own the database");
  }

  @Test
  void refusesADatabaseThatARestoreLeftReadOnly() {
    house.hold();

    assertThatThrownBy(house::plan).hasMessageContaining("the database is read-only");
  }
}
