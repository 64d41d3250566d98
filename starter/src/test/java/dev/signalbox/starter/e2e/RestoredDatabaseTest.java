package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.cli.OutputSchema;
import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.RestoreRunWorkflow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes back under services that really write to it. */
class RestoredDatabaseTest {
  @TempDir Path directory;

  private final Databases databases = Databases.of(House.PRODUCTION);

  private House house() {
    return House.at(directory)
        .sandbox(databases::in)
        .variable("PG_BIN", databases.programs().toString())
        .open();
  }

  @Test
  void bringsBackWhatWasDeleted() throws IOException {
    try (House house = house()) {
      Terminal terminal = house.terminal();
      databases.execute(House.PRODUCTION, "insert into inspections (title) values ('kept')");
      assertThat(terminal.run("backup", "now", "production", "--output", "json")).isZero();
      String backup = OutputSchema.checked("backup", terminal.out()).at("/backup/id").asText();
      databases.execute(House.PRODUCTION, "delete from inspections");

      // Who asks may not approve: the terminal's person is the one who does.
      assertThat(
              house
                  .client()
                  .restore(House.PRODUCTION, backup, null, false, "bob", "gone")
                  .outcome())
          .isEqualTo(Outcome.STARTED);
      String id = RestoreRunWorkflow.id(House.PROJECT, House.PRODUCTION);
      assertThat(house.awaitApproval(id).text())
          .contains(
              "go back to the backup " + backup, "1 former row comes back", "schema stays at 0001");
      house.approve(id);
      house.await(id, status -> status.result() != null);
      assertThat(house.ledger(House.PRODUCTION).holder()).isNull();

      assertThat(
              databases.ask(
                  House.PRODUCTION, "select count(*) from inspections where title = 'kept'"))
          .containsExactly("1");
      assertThat(house.effectsByService("deploymentRemove", House.PRODUCTION))
          .isEqualTo(Map.of("backend", 1L, "frontend", 1L));
      assertThat(terminal.run("history", "production", "-n", "1")).isZero();
      assertThat(terminal.out())
          .contains("restore: backup production-", "lost, written in the", "back at 0001")
          .doesNotContain(databases.password());
      assertThat(terminal.run("backup", "list", "production", "--output", "json")).isZero();
      String kept = OutputSchema.checked("backups", terminal.out()).at("/kept/0/name").asText();
      String[] drop = {"backup", "drop", "production", "--database", kept, "--output", "json"};
      assertThat(terminal.run(drop)).as(terminal.err()).isZero();
      assertThat(OutputSchema.checked("backup-drop", terminal.out()).at("/dropped/0").asText())
          .isEqualTo(kept)
          .contains("_before_");
    }
  }
}
