package dev.signalbox.activities.migration;

import dev.signalbox.activities.pace.Pace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A worker's place for an upgrade, in a process of its own that a test can kill. */
final class UpgradeHost {
  private UpgradeHost() {}

  /**
   * @param arguments the project, its Python, the run, {@code hold} to stop before it sends or
   *     {@code go}, then the revisions; the address comes as the variable DATABASE_URL
   */
  public static void main(String[] arguments) {
    DatabaseAddress database = new DatabaseAddress("DATABASE_URL", System.getenv("DATABASE_URL"));
    CarefulUpgrade.Signs signs =
        new CarefulUpgrade.Signs() {
          @Override
          public void waiting(String words) {}

          @Override
          public void sending() {
            System.out.println("sending");
            while (arguments[3].equals("hold")) {
              awaitTheEnd();
            }
          }

          @Override
          public void underWay(String words) {}
        };
    new CarefulUpgrade(
            new AlembicTool(new PythonEnvironment(System.getenv())),
            Pace.of(Clock.systemUTC()),
            signs)
        .run(
            new MigrationSource(
                Path.of(arguments[0]), null, List.of(arguments[1]), Map.of("HOOKS", arguments[0])),
            database,
            new RunMark(arguments[2]),
            List.of(),
            List.of(arguments).subList(4, arguments.length),
            null,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));
  }

  private static void awaitTheEnd() {
    try {
      System.in.read();
    } catch (java.io.IOException closed) {
      // It is killed.
    }
  }
}
