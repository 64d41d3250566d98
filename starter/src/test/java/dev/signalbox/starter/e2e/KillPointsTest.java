package dev.signalbox.starter.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.Order;

/** On Temporal's test server. */
@Order(House.LONG)
final class KillPointsTest extends KillPoints {
  @Override
  TestEngine engine(Path directory) {
    return TestEngine.inProcess();
  }
}
