package dev.signalbox.workflows.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records the branches of monitoring that the replay keeps. */
final class MonitorHistories {
  private MonitorHistories() {}

  /**
   * @param arguments where {@code health-monitor} and {@code incident} are written
   */
  public static void main(String... arguments) throws IOException {
    Path into = Path.of(arguments[0]);
    write(
        into.resolve("health-monitor").resolve("outage.json"),
        HealthMonitorWorkflowTest.recorded());
    write(into.resolve("incident").resolve("over.json"), IncidentWorkflowTest.recorded());
    System.exit(0);
  }

  private static void write(Path file, String history) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, history);
  }
}
