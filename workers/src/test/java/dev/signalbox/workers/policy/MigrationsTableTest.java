package dev.signalbox.workers.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.MigrationCommands;
import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.MigrationPolicy.BackupMethod;
import dev.signalbox.workflows.policy.MigrationPolicy.ContractOrder;
import dev.signalbox.workflows.policy.MigrationPolicy.Rehearse;
import dev.signalbox.workflows.policy.MigrationPolicy.RuleVerdict;
import dev.signalbox.workflows.policy.MigrationPolicy.Runner;
import dev.signalbox.workflows.policy.MigrationPolicy.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationsTableTest {
  private static final String PIPELINE =
      """
      [project]
      name = "inspector"
      github = "acme/inspector"
      railway = "0f0c"
      [services.backend]
      [environments.staging]
      branch = "staging"
      [environments.production]
      branch = "main"
      from = "staging"
      [migrations]
      """;
  private static final String LEAST =
      """
      directory = "backend"
      service = "backend"
      """;

  @Test
  void hasNoMigrationsWhereNothingIsSaidOfThem() {
    String without = PIPELINE.replace("[migrations]\n", "");

    assertThat(
            PipelineFile.parse("signalbox.toml", without)
                .orThrow()
                .pipeline("production")
                .migrations())
        .isNull();
  }

  @Test
  void backsUpAndKeepsContractRevisionsForAfterwardsByDefault() {
    assertThat(policy(LEAST))
        .isEqualTo(
            new MigrationPolicy(
                Tool.ALEMBIC,
                "backend",
                "backend",
                "DATABASE_URL",
                BackupMethod.PG_DUMP,
                List.of(),
                ContractOrder.AFTER,
                Rehearse.AUTO,
                Map.of(),
                14,
                null,
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                Duration.ofSeconds(5),
                null,
                null,
                null,
                null,
                null));
  }

  @Test
  void readsEveryKey() {
    assertThat(
            policy(
                LEAST
                    + """
                    tool = "alembic"
                    url = "DATABASE_PUBLIC_URL"
                    backup = "none"
                    without_backup = "a cache that is filled again"
                    python = ["uv", "run", "python"]
                    contract = "before"
                    rehearse = "always"
                    rules = { ban-drop-column = "refuse" }
                    keep = 3
                    max_age = "30d"
                    lock_timeout = "2s"
                    statement_timeout = "1h"
                    lock_budget = "1s"
                    without_source = "staging has no database"
                    """))
        .isEqualTo(
            new MigrationPolicy(
                Tool.ALEMBIC,
                "backend",
                "backend",
                "DATABASE_PUBLIC_URL",
                BackupMethod.NONE,
                List.of("uv", "run", "python"),
                ContractOrder.BEFORE,
                Rehearse.ALWAYS,
                Map.of("ban-drop-column", RuleVerdict.REFUSE),
                3,
                Duration.ofDays(30),
                Duration.ofSeconds(2),
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                "a cache that is filled again",
                "staging has no database",
                null,
                null,
                null));
  }

  @Test
  void namesAServiceThatThereIsNot() {
    assertThat(problems("directory = \"backend\"\nservice = \"backnd\"\n"))
        .isEqualTo(
            "signalbox.toml:13:1: migrations.service: found \"backnd\", which is no service;"
                + " did you mean \"backend\"?");
  }

  @Test
  void refusesADirectoryOutsideOfTheCommit() {
    assertThat(problems("directory = \"../other\"\nservice = \"backend\"\n"))
        .contains("migrations.directory: found \"../other\"");
  }

  @Test
  void refusesNoBackupWhereSomethingIsPromotedTo() {
    assertThat(problems(LEAST + "backup = \"none\"\n")).contains("say why in without_backup");
  }

  @Test
  void readsTheVolumeThatRailwayBacksUp() {
    MigrationPolicy policy = policy(LEAST + "backup = \"railway-volume\"\nvolume = \"Postgres\"\n");

    assertThat(policy.backup()).isEqualTo(BackupMethod.RAILWAY_VOLUME);
    assertThat(policy.volume()).isEqualTo("Postgres");
  }

  @Test
  void refusesAVolumeBackupWithoutAVolumeAndAVolumeWithoutOne() {
    assertThat(problems(LEAST + "backup = \"railway-volume\"\n"))
        .contains("migrations.backup", "volume = \"<the service at Railway");
    assertThat(problems(LEAST + "volume = \"Postgres\"\n"))
        .contains("migrations.volume", "only with backup = \"railway-volume\"");
    assertThat(
            problems(
                LEAST
                    + "backup = \"railway-volume\"\nvolume = \"Postgres\"\n"
                    + "rehearse = \"always\"\n"))
        .contains("migrations.rehearse", "cannot be restored beside it");
  }

  private static final String COMMANDS =
      """
      check = ["python", "manage.py", "migrate", "--check"]
      run = ["python", "manage.py", "migrate"]
      revision = ["python", "where.py"]
      """;

  @Test
  void readsTheCommandsOfTheProjectAndRunsThemBeforeTheCode() {
    MigrationPolicy policy = policy(LEAST + "tool = \"command\"\n" + COMMANDS);

    assertThat(policy.tool()).isEqualTo(Tool.COMMAND);
    assertThat(policy.commands())
        .isEqualTo(
            new MigrationCommands(
                List.of("python", "manage.py", "migrate", "--check"),
                List.of("python", "manage.py", "migrate"),
                List.of("python", "where.py")));
    assertThat(policy.contract()).isEqualTo(ContractOrder.BEFORE);
    assertThat(policy(LEAST + "tool = \"command\"\ncontract = \"after\"\n" + COMMANDS).contract())
        .isEqualTo(ContractOrder.AFTER);
  }

  @Test
  void readsAlembicsOwnCommand() {
    assertThat(policy(LEAST + "runner = \"command\"\n"))
        .satisfies(policy -> assertThat(policy.runner()).isEqualTo(Runner.COMMAND))
        .satisfies(policy -> assertThat(policy.commands()).isNull());
    assertThat(
            policy(
                    LEAST
                        + "runner = \"command\"\nrun = [\"flask\", \"db\", \"upgrade\","
                        + " \"{revision}\"]\n")
                .commands()
                .run())
        .containsExactly("flask", "db", "upgrade", "{revision}");
  }

  @Test
  void refusesACommandThatIsMissingOrMeansNothing() {
    assertThat(problems(LEAST + "tool = \"command\"\nrun = [\"./migrate\"]\nrevision = []\n"))
        .contains("migrations.check: tool = \"command\" wants a command that ends with 0")
        .contains("migrations.revision: found an empty list")
        .doesNotContain("migrations.run:");
    assertThat(
            problems(
                LEAST
                    + "tool = \"command\"\nlock_budget = \"1s\"\n"
                    + "rules = { ban-drop-column = \"refuse\" }\n"
                    + COMMANDS))
        .contains("migrations.rules: tool = \"command\" shows no SQL")
        .contains("migrations.lock_budget: how long a command keeps readers out");
    assertThat(problems(LEAST + COMMANDS))
        .contains("migrations.check: Alembic says it itself")
        .contains("migrations.revision: Alembic says it itself")
        .contains("migrations.run: it belongs to tool = \"command\", or to runner");
    assertThat(problems(LEAST + "runner = \"command\"\nrun = [\"alembic\"]\n"))
        .contains("migrations.run: it does not say how far it runs", "{revision}");
  }

  private static final String BY_RAILWAY =
      "runner = \"railway-predeploy\"\nbackup = \"none\"\nwithout_backup = \"volume backups\"\n";

  @Test
  void readsWhatRailwayRunsBeforeTheCode() {
    MigrationPolicy policy = policy(LEAST + BY_RAILWAY);

    assertThat(policy.byRailway()).isTrue();
    assertThat(policy.preDeployCommand()).isEqualTo("alembic upgrade head");
    assertThat(policy.contract()).isEqualTo(ContractOrder.BEFORE);
    assertThat(
            policy(
                    LEAST
                        + BY_RAILWAY
                        + "tool = \"command\"\nrun = [\"sh\", \"-c\", \"cd db && ./it's\"]\n")
                .preDeployCommand())
        .isEqualTo("sh -c 'cd db && ./it'\\''s'");
  }

  @Test
  void refusesWhatNeedsADatabaseThatOnlyRailwayReaches() {
    assertThat(
            problems(
                LEAST
                    + COMMANDS
                    + "runner = \"railway-predeploy\"\ncontract = \"after\"\n"
                    + "rehearse = \"always\"\nlock_timeout = \"1s\"\n"))
        .contains("migrations.backup: only Railway reaches the database")
        .contains("say backup = \"railway-volume\", or \"none\"")
        .contains("migrations.contract: the command runs when the code is deployed")
        .contains("migrations.rehearse: there is no backup")
        .contains("migrations.lock_timeout: nothing of it reaches")
        .contains("migrations.check: only Railway reaches")
        .contains("migrations.revision: only Railway reaches");
    assertThat(policy(LEAST + BY_RAILWAY + "python = [\"python3\"]\n").python())
        .as("which says what is pending")
        .containsExactly("python3");
    assertThat(problems(LEAST + BY_RAILWAY + "tool = \"command\"\n"))
        .contains("migrations.run: tool = \"command\" wants a command that Railway is to run");
  }

  @Test
  void letsRailwaySaveWhatOnlyItReaches() {
    MigrationPolicy policy =
        policy(
            LEAST
                + "runner = \"railway-predeploy\"\nbackup = \"railway-volume\"\n"
                + "volume = \"Postgres\"\n");

    assertThat(policy.byRailway()).isTrue();
    assertThat(policy.backup()).isEqualTo(BackupMethod.RAILWAY_VOLUME);
  }

  private static MigrationPolicy policy(String table) {
    return PipelineFile.parse("signalbox.toml", PIPELINE + table)
        .orThrow()
        .pipeline("production")
        .migrations();
  }

  private static String problems(String table) {
    return PipelineText.problems(PIPELINE + table);
  }
}
