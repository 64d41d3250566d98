package dev.signalbox.workflows.promotion;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;
import static dev.signalbox.workflows.fixtures.FactsFixture.aLook;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static dev.signalbox.workflows.fixtures.PolicyOfMigrations.byDefault;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A house whose database may be brought back, with an approval of its own. */
@Execution(ExecutionMode.CONCURRENT)
abstract class RestoringHouse {
  static final Duration SOON = Duration.ofMinutes(5);

  final WholeHouse house = new WholeHouse(pipeline());

  static PipelineFixture pipeline() {
    return aPipeline().migrating(byDefault()).trusting("temporal-ui");
  }

  @AfterEach
  void close() {
    house.close();
  }

  /** A release is live, by a promotion of ours. */
  void live() {
    house.promote();
    house.promoted();
    house.look(aLook().withLive(REVISION));
  }

  /** Waits for the question whether the database may be brought back. */
  Ask asked() {
    return house.asked(WholeHouse.RESTORE, SOON);
  }
}
