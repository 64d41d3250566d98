package dev.signalbox.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.migration.DatabaseSession;
import dev.signalbox.activities.migration.Policies;
import dev.signalbox.activities.migration.ProjectDatabases;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.RailwayClients;
import dev.signalbox.activities.railway.ServiceVariables;
import dev.signalbox.workflows.backup.BackupActivities;
import dev.signalbox.workflows.backup.BackupActivities.BackupOrder;
import dev.signalbox.workflows.backup.BackupActivities.ExpectedSchema;
import dev.signalbox.workflows.backup.BackupActivities.PruneOrder;
import dev.signalbox.workflows.backup.BackupActivities.VerifyOrder;
import dev.signalbox.workflows.backup.Receipt;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.migration.DatabaseReference;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.Tool;
import dev.signalbox.workflows.policy.Pipeline.Home;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run by the SDK: the address from the sandbox's Railway, the database real. */
class BackupActivitiesTest extends OnSandbox {
  static final MigrationPolicy KEEP_ONE = Policies.keepingOne(Tool.ALEMBIC);

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
  }

  @Test
  void takesListsProvesAndPrunes() {
    BackupActivities backups = activities(Optional.of(house.backups));

    Receipt first = backups.take(order("first"));
    Receipt second = backups.take(order("second"));

    assertThat(second.good()).isTrue();
    assertThat(backups.list(database).receipts())
        .extracting(Receipt::id)
        .containsExactly("second", "first");
    assertThat(backups.verify(new VerifyOrder(database, "first")).sha256())
        .isEqualTo(first.sha256());
    assertThat(backups.prune(new PruneOrder(database, KEEP_ONE, Set.of("first"))).ids()).isEmpty();
    assertThat(backups.prune(new PruneOrder(database, KEEP_ONE, Set.of())).ids())
        .containsExactly("first");
    assertThat(house.files()).hasSize(2).allMatch(file -> file.contains("second"));
  }

  @Test
  void refusesADatabaseThatIsElsewhereThanPlanned() {
    BackupActivities backups = activities(Optional.of(house.backups));

    assertThat(
            failure(
                FailureType.REJECTED,
                () ->
                    backups.take(
                        new BackupOrder(
                            database, KEEP_ONE, new ExpectedSchema(List.of("0b1c")), "b"))))
        .contains("it names 6f7a8b9c0d1e, and 0b1c was expected");
    assertThat(house.files()).isEmpty();
  }

  @Test
  void savesADatabaseThatIsExpectedToBeEmpty() {
    variables().set("backend", "DATABASE_URL", BackupHouse.POSTGRES.database());

    Receipt receipt =
        activities(Optional.of(house.backups))
            .take(new BackupOrder(database, KEEP_ONE, new ExpectedSchema(List.of()), "b"));

    assertThat(receipt.good()).isTrue();
    assertThat(receipt.schema()).isEmpty();
  }

  @Test
  void takesACommandsWordForWhereTheDatabaseStands() {
    MigrationPolicy command = Policies.keepingOne(Tool.COMMAND);
    BackupActivities backups = activities(Optional.of(house.backups));

    assertThat(
            backups
                .take(
                    new BackupOrder(database, command, new ExpectedSchema(List.of("0007_x")), "b"))
                .schema())
        .containsExactly("0007_x");
    variables().set("backend", "DATABASE_URL", BackupHouse.POSTGRES.database());
    assertThat(
            failure(
                FailureType.REJECTED,
                () ->
                    backups.take(
                        new BackupOrder(
                            database, command, new ExpectedSchema(List.of("0007_x")), "c"))))
        .contains("it is empty: there is no table in it");
  }

  @Test
  void saysThatThereIsNoArchive() {
    assertThat(failure(FailureType.REJECTED, () -> activities(Optional.empty()).take(order("b"))))
        .contains("there is no archive to keep backups in", "[archive]");
  }

  @Test
  void saysThatThereIsNoAddressInTheVariables() {
    DatabaseReference nowhere =
        new DatabaseReference(PROJECT, database.home(), "production", "backend", "NO_SUCH_URL");

    assertThat(
            failure(
                FailureType.NOT_FOUND,
                () ->
                    activities(Optional.of(house.backups))
                        .take(new BackupOrder(nowhere, KEEP_ONE, null, "b"))))
        .contains("NO_SUCH_URL of backend in production is not there");
  }

  @Test
  void refusesAnIdThatIsNoFileName() {
    assertThat(
            failure(
                FailureType.REJECTED,
                () -> activities(Optional.of(house.backups)).take(order("../b"))))
        .contains("want letters, digits");
  }

  @Test
  void clearsAwayWhatItHasBegunWhenItIsCalledOff() {
    engine.setActivityHeartbeatListener(String.class, words -> engine.requestCancelActivity());
    try (DatabaseSession other = DatabaseSession.open(house.address(), "test")) {
      other.run("begin");
      other.run("lock table accounts in access exclusive mode");

      assertThat(catchThrowable(() -> activities(Optional.of(house.backups)).take(order("b"))))
          .isNotNull();

      assertThat(house.files()).isEmpty();
      assertThat(house.scratches()).isEmpty();
      eventually(() -> !house.waits());
      other.run("rollback");
    }
  }

  private BackupActivities activities(Optional<PostgresBackups> backups) {
    return stub(
        BackupActivities.class,
        new BackupActivitiesImpl(
            backups,
            new ProjectDatabases(
                new ServiceVariables(RailwayClients.only(railway(Clock.systemUTC())))),
            SERVED,
            Pace.of(Clock.systemUTC())));
  }

  private static String failure(FailureType type, ThrowingCallable step) {
    ApplicationFailure failure = failureOf(step);
    assertThat(failure.getType()).isEqualTo(type.wireName());
    return failure.getOriginalMessage();
  }

  private BackupOrder order(String id) {
    return new BackupOrder(database, KEEP_ONE, new ExpectedSchema(List.of("6f7a8b9c0d1e")), id);
  }
}
