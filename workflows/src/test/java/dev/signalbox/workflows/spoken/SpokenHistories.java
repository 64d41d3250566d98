package dev.signalbox.workflows.spoken;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records the branches of what is said at a gateway that the replay keeps. */
final class SpokenHistories {
  private SpokenHistories() {}

  /**
   * @param arguments where {@code spoken/<branch>.json} are written
   */
  public static void main(String... arguments) throws IOException {
    Path into = Files.createDirectories(Path.of(arguments[0]).resolve("spoken"));
    Files.writeString(into.resolve("judged.json"), new SpokenWorkflowTest().judged());
    System.exit(0);
  }
}
