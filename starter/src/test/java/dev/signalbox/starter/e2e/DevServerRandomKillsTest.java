package dev.signalbox.starter.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** On the Temporal dev server. */
@Tag("devserver")
final class DevServerRandomKillsTest extends RandomKills {
  @Override
  TestEngine engine(Path directory) {
    return DevServerEngine.start(directory);
  }
}
