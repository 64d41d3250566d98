package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.backup.RestoreActivities.Beside;
import dev.signalbox.workflows.backup.RestoreActivities.BesideOrder;
import dev.signalbox.workflows.backup.RestoreActivities.PresentDatabase;
import dev.signalbox.workflows.backup.RestoreActivities.SwapOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database goes back to a backup, and every attempt at it may be lost at any statement. */
@Order(1)
class RestoreSwapTest {
  private static final int STATEMENTS = 7;
  @TempDir Path archive;
  private RestoreHouse house;

  @BeforeEach
  void build() {
    house = new RestoreHouse(archive);
    house.shop.query("insert into accounts (name) values ('written since')");
  }

  private SwapOrder prepared() {
    PresentDatabase present = house.present();
    house.hold();
    return RestoreHouse.swapOf(present, house.beside());
  }

  @Test
  void putsTheBackupInItsPlaceAndKeepsTheFormerDatabaseBeside() {
    SwapOrder order = prepared();

    String former = house.swap(order).former();

    assertThat(house.accounts()).isEqualTo("500");
    assertThat(house.number()).isEqualTo(order.copyNumber());
    house.shop.query("insert into accounts (name) values ('written again')");
    assertThat(former).isEqualTo(house.shop.databaseName() + "_before_20261127t201500");
    String kept = POSTGRES.named(former);
    assertThat(POSTGRES.query(kept, "select count(*) from accounts")).isEqualTo("501");
    assertThatThrownBy(() -> POSTGRES.query(kept, "delete from accounts"))
        .hasMessageContaining("read-only");
    assertThat(house.copies()).isEmpty();
  }

  @Test
  void givesTheSameAnswerOnceMoreWhenTheFirstWasLost() {
    SwapOrder order = prepared();
    String former = house.swap(order).former();

    assertThat(house.swap(order).former()).isEqualTo(former);
    assertThat(house.accounts()).isEqualTo("500");
  }

  @Test
  void hasTheOldOneUnderTheNameWhoeverDiesBeforeTheCommit() {
    SwapOrder order = prepared();

    for (int ran = 0; ran < STATEMENTS; ran++) {
      dieAfter(ran, order);

      BackupHouse.eventually(this::doorIsFree);
      assertThat(house.number()).as("after %s statements", ran).isEqualTo(order.present().number());
      assertThat(house.copies()).as("after %s statements", ran).hasSize(1);
    }
    house.swap(order);
    assertThat(house.number()).isEqualTo(order.copyNumber());
    assertThat(house.accounts()).isEqualTo("500");
  }

  private void dieAfter(int statements, SwapOrder order) {
    try (DatabaseDoor door = DatabaseDoor.beside(house.shop.address(), new Stop())) {
      DatabaseSwap swap = new DatabaseSwap(door, order);
      door.session().run(swap.closing());
      door.endSessions(house.shop.databaseName());
      List<String> transaction = swap.transaction();
      assertThat(transaction).hasSize(STATEMENTS).endsWith("commit");
      transaction.subList(0, statements).forEach(door.session()::run);
      door.session().cut();
    }
  }

  private boolean doorIsFree() {
    try (DatabaseDoor door = DatabaseDoor.beside(house.shop.address(), new Stop())) {
      return door != null;
    } catch (MigrationException taken) {
      return false;
    }
  }

  @Test
  void isNotKeptFromItByWhoConnectsAgainAndAgain() throws Exception {
    SwapOrder order = prepared();
    AtomicBoolean over = new AtomicBoolean();
    Thread stubborn =
        new Thread(
            () -> {
              while (!over.get()) {
                try (DatabaseSession session =
                    DatabaseSession.open(house.shop.address(), "stubborn")) {
                  session.value("select 1");
                } catch (MigrationException refused) {
                  // Then once more.
                }
              }
            });
    stubborn.start();
    try {
      house.swap(order);
    } finally {
      over.set(true);
      stubborn.join();
    }

    assertThat(house.accounts()).isEqualTo("500");
  }

  @Test
  void letsNobodyWriteOnceItsWritersAreHeldAndEndsWhoWasThere() {
    try (DatabaseSession writer = DatabaseSession.open(house.shop.address(), "writer")) {
      writer.value("select 1");

      assertThat(house.hold()).isEqualTo(1);

      assertThatThrownBy(() -> writer.value("select 1")).isInstanceOf(MigrationException.class);
    }
    assertThatThrownBy(() -> house.shop.query("delete from accounts"))
        .hasMessageContaining("cannot execute DELETE in a read-only transaction");
    assertThat(house.accounts()).isEqualTo("501");
  }

  @Test
  void canBeSavedWhileItsWritersAreHeld() {
    house.hold();

    assertThat(house.shop.take("safety").good()).isTrue();
  }

  @Test
  void countsWhatIsLostWhenNobodyWritesAnyMore() {
    house.hold();

    Beside copy = house.beside();

    assertThat(copy.loss().rows()).isEqualTo(1);
    assertThat(copy.loss().withTables()).contains("1 row is lost").contains("public.accounts 1");
  }

  @Test
  void findsItsWholeCopyAgainAndMakesAHalfOneAnew() {
    Beside first = house.beside();
    assertThat(house.beside().number()).isEqualTo(first.number());

    POSTGRES.query(POSTGRES.maintenance(), "comment on database \"" + first.name() + "\" is null");

    Beside anew = house.beside();
    assertThat(anew.name()).isEqualTo(first.name());
    assertThat(anew.number()).isNotEqualTo(first.number());
    assertThat(house.copies()).hasSize(1);
  }

  @Test
  void bringsEverythingBackAsItWas() {
    SwapOrder order = prepared();

    house.undo(order.present());

    assertThat(house.number()).isEqualTo(order.present().number());
    assertThat(house.copies()).isEmpty();
    house.shop.query("insert into accounts (name) values ('written again')");
    assertThat(house.accounts()).isEqualTo("502");
    assertThat(
            house.shop.query(
                "select count(*) from pg_db_role_setting s join pg_database d"
                    + " on d.oid = s.setdatabase where d.datname = current_database()"))
        .isEqualTo("0");
  }

  @Test
  void undoesNothingOnceTheBackupIsInItsPlace() {
    SwapOrder order = prepared();
    house.swap(order);

    assertThatThrownBy(() -> house.undo(order.present()))
        .isInstanceOfSatisfying(
            MigrationException.class,
            failed -> assertThat(failed.fault()).isEqualTo(Fault.REFUSED));
    assertThat(house.accounts()).isEqualTo("500");
  }

  @Test
  void takesConnectionsAgainWhereTheServerRefusesTheSwap() {
    SwapOrder order = prepared();
    POSTGRES.query(
        POSTGRES.maintenance(),
        "create database \"" + house.shop.databaseName() + "_before_20261127t201500\"");

    assertThatThrownBy(() -> house.swap(order)).hasMessageContaining("already exists");

    assertThat(house.accounts()).isEqualTo("501");
    assertThat(house.copies()).hasSize(1);
  }

  @Test
  void letsTwoAttemptsNeverWorkAtOnce() {
    try (DatabaseDoor other = DatabaseDoor.beside(house.shop.address(), new Stop())) {
      assertThat(other).isNotNull();

      assertThatThrownBy(house::hold)
          .isInstanceOfSatisfying(
              MigrationException.class,
              failed -> assertThat(failed.fault()).isEqualTo(Fault.UNREACHABLE))
          .hasMessageContaining("a former attempt still works on it");
    }
  }

  @Test
  void wearsWhatTheFormerOneWore() {
    String name = house.shop.databaseName();
    String role = "app_" + name;
    POSTGRES.query(
        POSTGRES.maintenance(),
        "create role "
            + role
            + "; alter database "
            + name
            + " set search_path = billing, public;"
            + " alter database "
            + name
            + " set statement_timeout = '33s';"
            + " alter role "
            + role
            + " in database "
            + name
            + " set lock_timeout = '3s';"
            + " revoke connect on database "
            + name
            + " from public;"
            + " grant connect, temporary on database "
            + name
            + " to "
            + role
            + ";"
            + " alter database "
            + name
            + " connection limit 44;"
            + " comment on database "
            + name
            + " is 'the shop''s own'");
    house.shop.query(
        "alter table public.accounts owner to "
            + role
            + "; grant select on public.nothing to "
            + role);
    house.shop.take("b2");
    String before = worn();
    PresentDatabase present = house.present();
    house.hold();
    Beside copy =
        house.restores.beside(new BesideOrder(present, "b2"), house.shop.address(), new Stop());

    house.swap(RestoreHouse.swapOf(present, copy));

    assertThat(worn()).isEqualTo(before);
    POSTGRES.query(POSTGRES.maintenance(), "alter database " + name + " owner to postgres");
  }

  @Test
  void needsNoSuperuserWhereTheRoleOwnsTheDatabase() {
    BackupHouse own = BackupHouse.ownedByTheGuarded(archive.resolve("own"));
    RestoreHouse guarded = new RestoreHouse(own);
    own.query("insert into accounts (name) values ('written since')");
    assertThat(guarded.plan().loss().rows()).isEqualTo(1);
    PresentDatabase present = guarded.present();
    guarded.hold();

    guarded.swap(RestoreHouse.swapOf(present, guarded.beside()));

    assertThat(guarded.accounts()).isEqualTo("500");
  }

  private String worn() {
    return house.shop.query(
        "select pg_get_userbyid(datdba), datconnlimit,"
            + " (select string_agg(a::text, ' ' order by a::text) from unnest(datacl) a),"
            + " shobj_description(oid, 'pg_database'),"
            + " (select string_agg(setrole || ' ' || setconfig::text, ';' order by setrole)"
            + " from pg_db_role_setting where setdatabase = d.oid),"
            + " (select relowner from pg_class where oid = 'public.accounts'::regclass),"
            + " (select relacl from pg_class where oid = 'public.nothing'::regclass)"
            + " from pg_database d where datname = current_database()");
  }
}
