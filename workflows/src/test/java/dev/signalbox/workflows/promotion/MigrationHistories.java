package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.CONTRACT;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.PolicyOfMigrations;
import dev.signalbox.workflows.fixtures.RestoreStage;
import dev.signalbox.workflows.migration.RevisionClass;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Records the branches of a migration that the replay keeps, on databases that are told what to
 * answer: no real one loses its worker in the right moment.
 */
final class MigrationHistories {
  private static final Duration A_DAY = Duration.ofDays(1);

  private final Path into;

  private MigrationHistories(Path into) {
    this.into = into;
  }

  /**
   * @param arguments where {@code <workflow>/<branch>.json} are written
   */
  public static void main(String... arguments) {
    new MigrationHistories(Path.of(arguments[0])).record();
    System.exit(0);
  }

  private void record() {
    Map<String, String> released =
        Map.of("promotion", OnePromotion.id(), "deploy", WholeHouse.DEPLOY);
    played("migrated", byDefault(), EXPAND, MigrationHistories::released, released);
    played("migration-refused", byDefault(), EXPAND, MigrationHistories::refused, released);
    played("migration-lost", byDefault(), EXPAND, MigrationHistories::lost, released);
    played("migration-asked", byDefault(), EXPAND, MigrationHistories::asked, released);
    played(
        "forward-only",
        byDefault().contract(ContractOrder.BEFORE),
        CONTRACT,
        MigrationHistories::forwardOnly,
        released);
    played(
        "contract-after",
        byDefault(),
        CONTRACT,
        MigrationHistories::contractAfter,
        Map.of("promotion", OnePromotion.id(), "migrate", WholeHouse.DEPLOY));
    played(
        "contract-rejected",
        byDefault(),
        CONTRACT,
        MigrationHistories::contractRejected,
        Map.of("promotion", OnePromotion.id()));
    played(
        "by-hand",
        byDefault(),
        EXPAND,
        MigrationHistories::byHand,
        Map.of("migration", WholeHouse.MIGRATION, "migrate", WholeHouse.DEPLOY));
    played(
        "by-hand-approved",
        byDefault(),
        CONTRACT,
        MigrationHistories::byHandApproved,
        Map.of("migration", WholeHouse.MIGRATION));
    Map<String, String> restored =
        Map.of("restore", WholeHouse.DEPLOY, "restore-by-hand", WholeHouse.RESTORE);
    played("restored", byDefault(), EXPAND, MigrationHistories::restored, restored);
    played("undone", byDefault(), EXPAND, MigrationHistories::undone, restored);
    played(
        "not-wanted",
        byDefault(),
        EXPAND,
        MigrationHistories::notWanted,
        Map.of("restore-by-hand", WholeHouse.RESTORE));
  }

  /** The ledger is left running, so that its history is none to keep. */
  private void played(
      String branch,
      PolicyOfMigrations policy,
      RevisionClass kind,
      Consumer<WholeHouse> play,
      Map<String, String> runs) {
    try (WholeHouse house = new WholeHouse(aPipeline().migrating(policy).trusting("temporal-ui"))) {
      house.database().with(aSchema().with("r1", EXPAND).with("r2", kind));
      play.accept(house);
      runs.forEach((workflow, id) -> write(workflow, branch, house.history(id)));
    }
  }

  private static void released(WholeHouse house) {
    house.promote();
    house.promoted();
  }

  private static void refused(WholeHouse house) {
    house
        .database()
        .nextUpgrade(order -> house.database().runs(order, 0, DatabaseStage.refused("r1")));
    released(house);
  }

  private static void lost(WholeHouse house) {
    house
        .database()
        .nextUpgrade(
            order -> {
              house.database().runs(order, 1, null);
              throw lostConnection();
            });
    released(house);
  }

  private static void asked(WholeHouse house) {
    house
        .database()
        .nextUpgrade(
            order -> {
              house.database().at("x9");
              throw lostConnection();
            });
    house.promote();
    house.pass(Duration.ofMinutes(2));
    house.resolve(OnePromotion.id(), "abandon");
    house.promoted();
  }

  private static ApplicationFailure lostConnection() {
    return ApplicationFailure.newNonRetryableFailure(
        "the connection broke", FailureType.UNKNOWN_OUTCOME.wireName());
  }

  private static void forwardOnly(WholeHouse house) {
    house.health().sickRelease = true;
    house.promote();
    house.pass(Duration.ofMinutes(1));
    house.approve(OnePromotion.id());
    house.pass(Duration.ofMinutes(2));
    house.resolve(OnePromotion.id(), "abandon");
    house.promoted();
  }

  private static void contractAfter(WholeHouse house) {
    house.promote();
    house.pass(A_DAY);
    house.approve(OnePromotion.id());
    house.promoted();
  }

  private static void contractRejected(WholeHouse house) {
    house.promote();
    house.pass(A_DAY);
    house.say(OnePromotion.id(), "reject");
    house.promoted();
  }

  private static void byHand(WholeHouse house) {
    house.database().at("r2");
    house.promote();
    house.promoted();
    house.database().at("r1");
    house.look(aLook().withLive(REVISION));
    house.migrate(null);
    house.migrated();
  }

  /** What was approved changes while the lease is waited for, and is approved again. */
  private static void byHandApproved(WholeHouse house) {
    house.database().at("r2");
    house.promote();
    house.promoted();
    house.database().at("r0");
    house.look(aLook().withLive(REVISION));
    house.migrate(null);
    house.pass(Duration.ofMinutes(5));
    house.database().at("r1");
    house.approve(WholeHouse.MIGRATION);
    house.pass(Duration.ofMinutes(5));
    house.approve(WholeHouse.MIGRATION);
    house.migrated();
  }

  private static void restored(WholeHouse house) {
    restoreAsked(house);
    house.approve(WholeHouse.RESTORE);
    house.restored();
  }

  private static void undone(WholeHouse house) {
    house.restores().fail("beside", FailureType.REJECTED);
    restoreAsked(house);
    house.approve(WholeHouse.RESTORE);
    house.pass(Duration.ofMinutes(5));
    house.cancel(WholeHouse.RESTORE);
    house.pass(Duration.ofMinutes(5));
  }

  private static void notWanted(WholeHouse house) {
    restoreAsked(house);
    house.say(WholeHouse.RESTORE, "reject");
    house.restored();
  }

  private static void restoreAsked(WholeHouse house) {
    released(house);
    house.restore(RestoreStage.BACKUP, null);
    house.pass(Duration.ofMinutes(5));
  }

  private void write(String workflow, String branch, String history) {
    Path file = into.resolve(workflow).resolve(branch + ".json");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, history + "\n");
      System.out.println(file);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("writing " + file, unwritable);
    }
  }
}
