package dev.signalbox.activities.migration;

import dev.signalbox.sandbox.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Pythons with what tests need, and servers that run in them for as long as the tests do. */
public final class TestPython {
  private TestPython() {}

  /**
   * The Python of an environment of this name, made at the first use.
   *
   * @param beside whose resource the requirements are
   */
  public static Path with(String name, Class<?> beside, String requirements) throws IOException {
    try (Scratch scratch = Scratch.create()) {
      Path file = copied(beside, requirements, scratch.path());
      return new PythonEnvironment(System.getenv())
          .with(name, List.of("-r", file.toString()), Files.readString(file), scratch.path());
    }
  }

  /**
   * Starts a server and answers the first line that it says. It ends when its standard input does:
   * with this process, whatever becomes of that.
   */
  public static String serving(Path python, Class<?> beside, String script) throws IOException {
    // Python has read all of it before it says anything.
    try (Scratch scratch = Scratch.create()) {
      Process process =
          new ProcessBuilder(python.toString(), copied(beside, script, scratch.path()).toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  private static Path copied(Class<?> beside, String name, Path directory) throws IOException {
    try (InputStream source = beside.getResourceAsStream(name)) {
      Path file = directory.resolve(name);
      Files.copy(source, file);
      return file;
    }
  }
}
