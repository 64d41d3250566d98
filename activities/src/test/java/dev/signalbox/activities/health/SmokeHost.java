package dev.signalbox.activities.health;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A worker's place for a command, in a process of its own that a test can kill. */
final class SmokeHost {
  private SmokeHost() {}

  /**
   * @param arguments the directory, then the command, which notes itself there as {@code parent}
   *     and {@code child}
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    List<String> command = List.of(arguments).subList(1, arguments.length);
    try (SmokeProcess process = new SmokeProcess(command, directory)) {
      while (!written(directory.resolve("parent")) || !written(directory.resolve("child"))) {
        process.endedWithin(50);
      }
      System.out.println("started");
      System.in.read();
    }
  }

  private static boolean written(Path file) throws Exception {
    return Files.exists(file) && Files.size(file) > 1;
  }
}
