package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.cli.OutputSchema;
import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.RestoreRunWorkflow;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One SIGKILL of the worker, while two restores have saved what is there and stand before the
 * moment that counts: one before the commit in place, one before the databases change names.
 */
@Order(House.LONG)
class RestoreKillTest {
  private static final String IN_PLACE = "in-place";
  private static final String BESIDE = "beside";
  private static final List<String> ALL = List.of(IN_PLACE, BESIDE);

  @TempDir Path directory;
  private final Databases databases = Databases.of(IN_PLACE, BESIDE);

  private House house() {
    return House.at(directory)
        .environments(ALL)
        .sandbox(databases::in)
        .variable("PG_BIN", databases.programs().toString())
        .workerApart()
        .open();
  }

  @Test
  void changesTheDatabaseOnceAndWhollyAfterASigkillBetweenTheSafetyDumpAndTheChange()
      throws IOException, SQLException {
    try (House house = house()) {
      for (String environment : ALL) {
        askForARestore(house, environment);
      }
      try (Connection inPlace = databases.holdingTheName(IN_PLACE);
          Connection beside = databases.holdingTheName(BESIDE)) {
        ALL.forEach(environment -> house.approve(id(environment)));
        databases.awaitWaitingForTheName(IN_PLACE, "comment on database");
        databases.awaitWaitingForTheName(BESIDE, "alter database");

        house.killWorker();
        assertThat(kept(IN_PLACE)).containsExactly("0");
        inPlace.rollback();
        beside.rollback();
      }
      house.startWorker();
      for (String environment : ALL) {
        house.awaitWorker(environment);
        house.await(id(environment), status -> status.result() != null);
        assertThat(kept(environment)).as(environment).containsExactly("1");
        assertThat(house.effectsByService("deploymentRemove", environment))
            .isEqualTo(Map.of("backend", 1L, "frontend", 1L));
        assertThat(house.ledger(environment).runs().get(0).detail())
            .contains("restore: backup " + environment);
      }
    }
  }

  private void askForARestore(House house, String environment) throws IOException {
    Terminal terminal = house.terminal();
    databases.execute(environment, "insert into inspections (title) values ('kept')");
    assertThat(terminal.run("backup", "now", environment, "--output", "json")).isZero();
    String backup = OutputSchema.checked("backup", terminal.out()).at("/backup/id").asText();
    databases.execute(environment, "delete from inspections where title = 'kept'");
    assertThat(
            house
                .client()
                .restore(environment, backup, null, environment.equals(IN_PLACE), "bob", "gone")
                .outcome())
        .isEqualTo(Outcome.STARTED);
    house.awaitApproval(id(environment));
  }

  private static String id(String environment) {
    return RestoreRunWorkflow.id(House.PROJECT, environment);
  }

  private List<String> kept(String environment) {
    return databases.ask(environment, "select count(*) from inspections where title = 'kept'");
  }
}
