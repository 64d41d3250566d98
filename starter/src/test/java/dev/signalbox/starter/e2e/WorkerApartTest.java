package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that finds no engine when it starts. */
@Tag("crash")
final class WorkerApartTest {
  @TempDir Path directory;

  @Test
  void isStartedAgainWhereItIsSupervised() {
    FirstWorkerMisled engine = new FirstWorkerMisled();

    try (House house = House.at(directory).workerSupervised().on(engine).open()) {
      assertThat(house.ledger(House.STAGING)).isNotNull();
    }
    assertThat(engine.asked).hasValue(3);
  }

  @Test
  void endsTheTestWhereItIsNot() {
    try (FirstWorkerMisled engine = new FirstWorkerMisled()) {
      HousePlan plan = House.at(directory).workerApart().on(engine);

      assertThatThrownBy(plan::open).hasMessageContaining("the worker ended with exit code 3");
    }
  }

  /** Asked first by the house, then by each worker that is started. */
  private static final class FirstWorkerMisled implements TestEngine {
    private final TestEngine engine = TestEngine.inProcess();
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public String address() {
      return asked.incrementAndGet() == 2 ? "127.0.0.1:1" : engine.address();
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
