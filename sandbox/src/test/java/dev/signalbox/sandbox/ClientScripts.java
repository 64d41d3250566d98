package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** Strangers' own clients, run by the scripts in {@code clients}. */
abstract class ClientScripts extends SandboxTest {
  @TempDir Path directory;

  String script(String name) throws IOException {
    try (var text = getClass().getResourceAsStream("/clients/" + name)) {
      Path file = directory.resolve(name);
      Files.copy(text, file);
      return file.toString();
    }
  }

  /** Every step must be ok; what the script printed names the one that was not. */
  void runAndWant(String step, Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(variables);
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output);

    assertThat(ended).as(String.join("\n", lines)).isTrue();
    assertThat(lines).noneMatch(line -> line.startsWith("FAILED"));
    assertThat(lines).anyMatch(line -> line.startsWith(step));
    assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
  }
}
