package dev.signalbox.activities.backup;

import static dev.signalbox.activities.backup.BackupHouse.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.migration.ProjectDatabases;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.RailwayClients;
import dev.signalbox.activities.railway.ServiceVariables;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.RestoreActivities;
import dev.signalbox.workflows.backup.RestoreActivities.Beside;
import dev.signalbox.workflows.backup.RestoreActivities.BesideOrder;
import dev.signalbox.workflows.backup.RestoreActivities.PresentDatabase;
import dev.signalbox.workflows.backup.RestoreActivities.RestorePlan;
import dev.signalbox.workflows.backup.RestoreActivities.RestoreQuery;
import dev.signalbox.workflows.backup.RestoreActivities.SwapOrder;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.Pipeline.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run by the SDK: the address from the sandbox's Railway, the database real. */
class RestoreActivitiesTest extends OnSandbox {
  @TempDir Path archive;
  private BackupHouse house;
  private DatabaseReference database;

  @BeforeEach
  void build() {
    house = BackupHouse.withShop(archive);
    database =
        new DatabaseReference(
            PROJECT, new Home(sandbox.projectId(), null), "production", "backend", "DATABASE_URL");
    variables().set("backend", "DATABASE_URL", house.database);
    house.backups.take(
        new BackupOrder(database, BackupActivitiesTest.KEEP_ONE, null, "b", false),
        house.address(),
        new Stop());
    house.query("delete from accounts where name <> 'account 7'");
  }

  @Test
  void bringsTheDatabaseBackFromPlanToSwap() {
    RestoreActivities restores = activities();
    RestorePlan plan = restores.plan(new RestoreQuery(database, "run", "b", false));
    PresentDatabase present = new PresentDatabase(database, "run", plan.name(), plan.number());
    restores.hold(present);
    Beside copy = restores.beside(new BesideOrder(present, "b"));
    restores.swap(new SwapOrder(present, copy.name(), copy.number(), Instant.now(), null));

    assertThat(plan.loss().back()).isGreaterThanOrEqualTo(499);
    assertThat(plan.toString()).doesNotContain(POSTGRES.server().password());
    assertThat(house.query("select count(*) from accounts")).isEqualTo("500");
  }

  @Test
  void leavesThePresentOneAsItWasWhenItIsUndone() {
    RestoreActivities restores = activities();
    RestorePlan plan = restores.plan(new RestoreQuery(database, "run", "b", false));
    PresentDatabase present = new PresentDatabase(database, "run", plan.name(), plan.number());
    restores.hold(present);

    restores.undo(present);

    house.query("insert into accounts (name) values ('written again')");
    assertThat(house.query("select count(*) from accounts")).isEqualTo("2");
  }

  @Test
  void saysThatThereIsNoArchive() {
    RestoreActivities none = stub(RestoreActivities.class, implementation(Optional.empty()));

    assertThatThrownBy(() -> none.plan(new RestoreQuery(database, "run", "b", false)))
        .rootCause()
        .hasMessageContaining("there is no archive");
  }

  private RestoreActivities activities() {
    return stub(RestoreActivities.class, implementation(Optional.of(house.backups)));
  }

  private RestoreActivitiesImpl implementation(Optional<PostgresBackups> backups) {
    return new RestoreActivitiesImpl(
        backups,
        new ProjectDatabases(new ServiceVariables(RailwayClients.only(railway(Clock.systemUTC())))),
        SERVED,
        Pace.of(Clock.systemUTC()));
  }
}
