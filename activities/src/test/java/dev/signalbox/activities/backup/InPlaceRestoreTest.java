package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static dev.signalbox.activities.backup.BackupHouse.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.backup.RestoreActivities.InPlaceOrder;
import dev.signalbox.workflows.backup.RestoreActivities.PresentDatabase;
import dev.signalbox.workflows.backup.RestoreActivities.RestorePlan;
import dev.signalbox.workflows.backup.RestoreActivities.RestoreQuery;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database goes back to a backup where there can be no second one. */
class InPlaceRestoreTest {
  @TempDir Path archive;
  private RestoreHouse house;
  private PresentDatabase present;

  @BeforeEach
  void build() {
    house = new RestoreHouse(archive);
    present = house.present();
  }

  private void restore(RestoreHouse which) {
    which.restores.inPlace(
        new InPlaceOrder(which.present(), "b"), which.shop.address(), new Stop());
  }

  private DatabaseContent content() {
    try (Snapshot now = Snapshot.of(house.shop.address(), new Stop())) {
      return now.content();
    }
  }

  /** What a release and its people leave: new, changed and dropped things of many kinds. */
  private void liveOn() {
    house.shop.query(
        """
        create schema reports;
        create table reports.daily as select * from accounts;
        create table orders (id serial primary key, account bigint references accounts (id));
        alter table accounts add column vip boolean default false;
        drop function greet(text);
        create function greet(who text, loud boolean) returns text language sql
          as $$ select 'HELLO {' || who || '}' $$;
        alter type mood add value 'great';
        create procedure tidy() language plpgsql as $$ begin delete from accounts; end $$;
        select lo_create(0);
        create function watched() returns event_trigger language plpgsql as $$ begin end $$;
        create event trigger watch on ddl_command_end execute function watched();
        """);
    house.shop.query("update accounts set name = 'x' || name; drop table nothing");
    house.shop.query("update alembic_version set version_num = 'newer'");
  }

  @Test
  void holdsThenWhatTheBackupHeldWhateverCameSince() {
    DatabaseContent before = content();
    liveOn();
    house.hold();

    restore(house);

    assertThat(before.differences(content())).isEmpty();
    assertThat(house.number()).isEqualTo(present.number());
    house.shop.query("insert into accounts (name) values ('written again')");
    assertThat(house.shop.query("select max(id) from accounts")).isEqualTo("501");
  }

  @Test
  void isDoneOnceWhenItsAnswerWasLost() {
    restore(house);
    house.shop.query("insert into accounts (name) values ('written again')");

    restore(house);

    assertThat(house.accounts()).isEqualTo("501");
    assertThatThrownBy(() -> house.undo(present)).hasMessageContaining("it was committed");
  }

  @Test
  void keepsWhatElseIsSaidAboutTheDatabase() {
    String name = house.shop.databaseName();
    POSTGRES.query(POSTGRES.maintenance(), "comment on database " + name + " is 'the shop''s'");

    restore(house);
    restore(house);

    assertThat(house.shop.query("select shobj_description(" + house.number() + ", 'pg_database')"))
        .isEqualTo("the shop's [signalbox: brought back to b by " + present.run() + "]");
  }

  @Test
  void leavesAllAsItWasWhoeverDiesBeforeTheCommit() {
    liveOn();
    DatabaseContent before = content();
    StoredBackup stored = house.shop.backups.stored(REFERENCE, "b");
    house.hold();

    Stop stop = new Stop();
    try (InPlaceRestore dying = InPlaceRestore.begin(house.shop.address(), stop)) {
      dying.empty(true);
      house
          .shop
          .backups
          .restoringInItsPlace(house.shop.address(), true, stop)
          .by(
              dying.session(),
              house.shop.address(),
              house.shop.backups.shelf(REFERENCE),
              stored.receipt());
      dying.session().cut();
    }

    assertThat(before.differences(content())).isEmpty();
    restore(house);
    assertThat(house.accounts()).isEqualTo("500");
  }

  @Test
  void commitsNothingElseThanWhatWasSaved() {
    liveOn();
    DatabaseContent before = content();
    StoredBackup stored = house.shop.backups.stored(REFERENCE, "b");

    try (InPlaceRestore other = InPlaceRestore.begin(house.shop.address(), new Stop())) {
      other.empty(true);
      other.session().run("create table accounts (id bigint)");
      assertThatThrownBy(() -> other.commit(stored, List.of()))
          .hasMessageContaining("what would be there is not what was saved")
          .hasMessageContaining("not restored: ");
    }

    assertThat(before.differences(content())).isEmpty();
  }

  @Test
  void endsAFormerAttemptThatStillHangs() {
    try (DatabaseSession hanging = DatabaseSession.open(house.shop.address(), "hangs")) {
      hanging.run("begin; lock table accounts");

      restore(house);

      assertThatThrownBy(() -> hanging.value("select 1")).isInstanceOf(MigrationException.class);
    }
    assertThat(house.accounts()).isEqualTo("500");
  }

  @Test
  void changesNothingWhenItIsCalledOff() {
    Stop stop = new Stop();
    stop.now();

    assertThatThrownBy(
            () ->
                house.restores.inPlace(new InPlaceOrder(present, "b"), house.shop.address(), stop))
        .isInstanceOf(Stop.StoppedException.class);
  }

  @Test
  void needsNoRightToMakeDatabases() {
    BackupHouse own = BackupHouse.ownedByOne(archive.resolve("own"));
    RestoreHouse bare = new RestoreHouse(own);
    own.query("create schema later; create table later.x (n int)");
    own.query("insert into accounts (name) values ('written since')");
    String role = "one_" + own.databaseName();
    POSTGRES.query(POSTGRES.maintenance(), "alter role " + role + " nocreatedb");

    RestorePlan plan =
        bare.restores.plan(
            new RestoreQuery(REFERENCE, "run", "b", true), own.address(), new Stop());
    bare.hold();
    Receipt safety =
        own.backups.take(
            new BackupOrder(REFERENCE, BackupActivitiesTest.KEEP_ONE, null, "s", false, true),
            own.address(),
            new Stop());

    restore(bare);

    assertThat(plan.took()).isNull();
    assertThat(plan.loss().rows()).isEqualTo(1);
    assertThat(plan.remarks())
        .containsExactly(
            "not tried in a copy first, because the role " + role + " may not create databases",
            "changed rows are not counted");
    assertThat(safety.good()).isFalse();
    assertThat(safety.onlyCopy()).as("kept for longer than others").isTrue();
    assertThat(safety.bytes()).isPositive();
    assertThat(bare.accounts()).isEqualTo("500");
    assertThatThrownBy(bare::plan).hasMessageContaining("`--in-place`");
  }
}
