package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * One SIGKILL of the worker, while three migrating deploys stand at three points, and a fourth
 * database is being taken back.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Order(House.LONG)
final class MigrationKillPointsTest {
  private static final String DUMPING = "dumping";
  private static final String IN_TRANSACTION = "in-transaction";
  private static final String BESIDE_READERS = "beside-readers";
  private static final String TAKEN_BACK = "taken-back";
  private static final List<String> ALL = List.of(DUMPING, IN_TRANSACTION, BESIDE_READERS);

  private final Databases databases =
      Databases.of(House.STAGING, DUMPING, IN_TRANSACTION, BESIDE_READERS, TAKEN_BACK);
  private final Map<String, String> ids = new LinkedHashMap<>();
  private House house;

  @BeforeAll
  void killTheWorkerInTheMiddleOfEachMigration(@TempDir Path directory) throws SQLException {
    List<String> environments = new ArrayList<>(ALL);
    environments.add(TAKEN_BACK);
    house = FiveRevisions.house(directory, databases, environments, "auto", "0");
    ALL.forEach(environment -> ids.put(environment, house.promote(environment)));
    String takenBack = takeBack();
    List<Connection> holding = new ArrayList<>();
    try {
      holding.add(databases.holding(TAKEN_BACK, "select pg_advisory_lock(6)"));
      house.approve(takenBack);
      // First: a dump waits for 30 s only.
      databases.awaitWaiting(TAKEN_BACK, "select pg_advisory_xact_lock");
      holding.add(databases.holding(DUMPING, "lock table ran in access exclusive mode"));
      holding.add(databases.holding(IN_TRANSACTION, "select pg_advisory_lock(5)"));
      holding.add(
          databases.holding(
              BESIDE_READERS,
              "set transaction isolation level repeatable read",
              "select count(*) from alembic_version"));
      ids.values().forEach(house::approve);
      databases.awaitWaiting(DUMPING, "lock table");
      databases.awaitWaiting(IN_TRANSACTION, "select pg_advisory_xact_lock");
      databases.awaitWaiting(BESIDE_READERS, "create index concurrently");

      house.killWorker();
      databases.awaitNobodyOfOurs(BESIDE_READERS);
    } finally {
      for (Connection one : holding) {
        one.close();
      }
    }
    ids.put(TAKEN_BACK, takenBack);
    house.startWorker();
  }

  /** Nothing of ours is live there, so that no code needs what is taken away. */
  private String takeBack() {
    databases.execute(
        TAKEN_BACK,
        "alter table inspections add column city text",
        "update alembic_version set version_num = '" + FiveRevisions.SECOND + "'");
    String commit =
        house.sandbox().railway().active(House.STAGING, "backend").orElseThrow().commit();
    return house.client().downgrade(TAKEN_BACK, commit, FiveRevisions.FIRST, "bob", "a test").id();
  }

  @AfterAll
  void closeTheHouse() {
    house.close();
  }

  @Test
  void migratesOnceWhenKilledDuringTheBackup() {
    isLiveAfterEachRevisionRanOnce(DUMPING);
  }

  @Test
  void migratesOnceWhenKilledInsideOfATransaction() {
    isLiveAfterEachRevisionRanOnce(IN_TRANSACTION);
  }

  @Test
  void waitsForAPersonWhenKilledInsideOfAnIndexBesideTheReaders() {
    Ask question = house.awaitQuestion(ids.get(BESIDE_READERS));

    assertThat(question.step()).isEqualTo("migrate");
    assertThat(question.read()).contains("the database stands at 0005", "public.inspections_city");
    assertThat(databases.revisions(BESIDE_READERS)).containsExactly("0005");

    house.resolve(ids.get(BESIDE_READERS), question, "abandon");

    PromotionResult result = house.end(ids.get(BESIDE_READERS));
    assertThat(result.result()).as(result.report()).isEqualTo(Result.FAILED);
    assertThat(FiveRevisions.ran(databases, BESIDE_READERS)).containsExactly("0004", "0005");
    assertThat(FiveRevisions.begun(databases, BESIDE_READERS)).isEqualTo(1);
    assertThat(house.effectsByService(House.DEPLOY, BESIDE_READERS)).isEmpty();
  }

  @Test
  void takesEachRevisionBackOnceWhenKilledInsideOfADowngrade() {
    PromotionResult result = house.end(ids.get(TAKEN_BACK));

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(databases.revisions(TAKEN_BACK)).containsExactly(FiveRevisions.FIRST);
    assertThat(FiveRevisions.ran(databases, TAKEN_BACK))
        .containsExactly(FiveRevisions.SECOND + " undone", "0004 undone");
  }

  private void isLiveAfterEachRevisionRanOnce(String environment) {
    PromotionResult result = house.end(ids.get(environment));

    assertThat(result.result()).as(result.report()).isEqualTo(Result.LIVE);
    assertThat(databases.revisions(environment)).containsExactly(FiveRevisions.CONTRACT);
    assertThat(FiveRevisions.ran(databases, environment))
        .containsExactlyElementsOf(FiveRevisions.upTo(FiveRevisions.CONTRACT));
    assertThat(FiveRevisions.begun(databases, environment)).isEqualTo(1);
  }
}
