package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;
import static dev.signalbox.workflows.fixtures.SchemaFixture.aSchema;
import static dev.signalbox.workflows.migration.RevisionClass.EXPAND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.workflows.release.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the last row of a promotion that went well says. */
class ReleaseRowTest {
  private final WholeHouse house =
      new WholeHouse(aPipeline().migrating(byDefault()).trusting("temporal-ui"));

  @BeforeEach
  void anEasyRange() {
    house.database().with(aSchema().with("r1", EXPAND));
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void saysThatTheReleaseIsTaggedAndReported() {
    house.promote();

    assertThat(house.promoted().steps())
        .extracting(Step::name, Step::detail)
        .contains(tuple("release", "tagged and reported"));
  }

  @Test
  void saysThatTheReleaseIsNotTaggedWhereTheTagIsTaken() {
    house.github().tagTaken = true;
    house.promote();

    assertThat(house.promoted().steps())
        .extracting(Step::name, Step::state, Step::detail)
        .contains(
            tuple("release", Step.State.DONE, "not tagged; reported"),
            tuple("tag", Step.State.FAILED, "it is not moved"));
  }
}
