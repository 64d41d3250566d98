package dev.signalbox.starter.e2e;

import java.nio.file.Path;

/** On Temporal's test server. */
final class KillPointsTest extends KillPoints {
  @Override
  TestEngine engine(Path directory) {
    return TestEngine.inProcess();
  }
}
