package dev.signalbox.starter.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** On Temporal's test server. */
@Tag("crash")
final class RandomKillsTest extends RandomKills {
  @Override
  TestEngine engine(Path directory) {
    return TestEngine.inProcess();
  }
}
