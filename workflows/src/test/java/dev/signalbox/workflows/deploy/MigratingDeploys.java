package dev.signalbox.workflows.deploy;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.DATA;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.fixtures.DatabaseStage;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import dev.signalbox.workflows.fixtures.PolicyOfMigrations;
import dev.signalbox.workflows.fixtures.SchemaFixture;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeOrder;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.Step;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A deploy whose commit changes the schema, and a database that is told what to do. */
abstract class MigratingDeploys {
  static final SchemaFixture THREE =
      aSchema().with("r1", EXPAND).with("r2", DATA).with("r3", EXPAND);

  DeployHouse house = house(byDefault());
  final DatabaseStage database = house.database();

  @AfterEach
  void close() {
    house.close();
  }

  static DeployHouse house(PolicyOfMigrations policy) {
    return new DeployHouse(pipeline(policy).build());
  }

  static PipelineFixture pipeline(PolicyOfMigrations policy) {
    return aPipeline().migrating(policy).trusting("temporal-ui");
  }

  /** Another house than the usual one, with this policy. */
  DatabaseStage by(PolicyOfMigrations policy) {
    house.close();
    house = house(policy);
    return house.database();
  }

  UpgradeEnd lostAfter(UpgradeOrder order, int count) {
    database.runs(order, count, null);
    return refuse("the connection broke", FailureType.UNKNOWN_OUTCOME);
  }

  UpgradeEnd refuse(String sentence, FailureType type) {
    throw ApplicationFailure.newNonRetryableFailure(sentence, type.wireName());
  }

  static List<String> upgrades(DatabaseStage database) {
    return database.deeds().stream().filter(deed -> deed.startsWith("upgrade")).toList();
  }

  static String step(DeployResult result, String name) {
    return result.steps().stream()
        .filter(step -> step.name().equals(name))
        .map(Step::detail)
        .findFirst()
        .orElseThrow();
  }

  void assertStopped(DeployResult result, String why) {
    assertThat(result.detail())
        .isEqualTo("stopped before the migration: " + why + "; nothing was replaced");
    assertNothingChanged(result);
  }

  void assertNothingChanged(DeployResult result) {
    assertThat(result.result()).isEqualTo(Result.FAILED);
    assertThat(result.schema()).isNull();
    assertThat(upgrades(database)).isEmpty();
    assertThat(house.railway().deeds()).isEmpty();
    assertThat(result.steps()).noneMatch(step -> step.state() == Step.State.RUNNING);
  }
}
