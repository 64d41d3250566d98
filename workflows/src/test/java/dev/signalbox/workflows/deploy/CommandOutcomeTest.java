package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.Person.Question;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal;
import dev.signalbox.workflows.migration.MigrationActivities.Rehearsal.Rehearsed;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a migration by a command, whose check alone knows whether it has run. */
class CommandOutcomeTest extends MigratingDeploys {
  private static final String COMMAND = "command@1a2b3c4d5e6f";
  private static final SchemaFixture RUN = aSchema().withNonTransactional(COMMAND, UNKNOWN);
  private DatabaseStage stage;

  @BeforeEach
  void byCommand() {
    stage = by(byDefault().byCommand());
    stage.calledAfterTheCommand("9");
    stage.rehearsals(
        order ->
            new Rehearsal(
                List.of(
                    new Rehearsed(
                        COMMAND, Duration.ofSeconds(2), null, null, List.of(), 0, List.of())),
                null));
  }

  @Test
  void savesAndRehearsesAllOfItAndRecordsWhereTheDatabaseStandsThen() {
    DeployResult result = house.migrating(RUN).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(step(result, "rehearse"))
        .isEqualTo(
            "1 revision on a restored copy in 2s; what it locks and writes was not measured");
    assertThat(step(result, "migrate")).isEqualTo("r0 -> 9: 1 revision in 1s200ms");
    assertThat(result.schema().at()).containsExactly("9");
    assertThat(result.schema().contract()).isEqualTo(COMMAND);
    assertThat(result.schema().receipt()).isNotNull();
  }

  @Test
  void takesTheChecksWordWhereTheAnswerWasLost() {
    stage.nextUpgrade(
        order -> {
          stage.runs(order);
          return refuse("the connection broke", FailureType.UNKNOWN_OUTCOME);
        });

    DeployResult result = house.migrating(RUN).result();

    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(step(result, "migrate")).startsWith("r0 -> 9: 1 revision; the database says so");
  }

  @Test
  void asksWhereItWasLostWithSomethingLeftAndGoesOnFromWhereTheDatabaseStands() {
    stage.nextUpgrade(
        order -> {
          stage.at("8");
          return refuse("the connection broke", FailureType.UNKNOWN_OUTCOME);
        });
    Question asked = house.answerAfter(Duration.ofMinutes(30), "retry");

    DeployResult result = house.migrating(RUN).result();

    assertThat(asked.ask().read()).startsWith("the database stands at 8");
    assertThat(result.result()).isEqualTo(Result.LIVE);
    assertThat(upgrades(stage))
        .containsExactly("upgrade r0 by " + COMMAND, "upgrade 8 by " + COMMAND);
  }
}
