package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CommandGuardTest {
  private Process process;

  @TempDir Path cache;

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  /** Answers the process whose number the command prints first. */
  private ProcessHandle start(String... command) throws Exception {
    List<String> words =
        new java.util.ArrayList<>(List.of("python3", OwnScript.guard(cache).path().toString()));
    words.addAll(List.of(command));
    process = new ProcessBuilder(words).start();
    String line = process.inputReader().readLine();
    return ProcessHandle.of(Long.parseLong(line)).orElseThrow();
  }

  @Test
  void endsTheCommandWhenWhoeverStartedItIsGone() throws Exception {
    ProcessHandle command = start("sh", "-c", "echo $$; exec sleep 600");

    process.getOutputStream().close();

    command.onExit().get(2, TimeUnit.MINUTES);
    assertThat(process.waitFor()).isEqualTo(128 + 2);
  }

  @Test
  void endsWhatTheCommandLeavesRunning() throws Exception {
    ProcessHandle left = start("sh", "-c", "sleep 600 & echo $!; sleep 0.1; exit 7");

    left.onExit().get(2, TimeUnit.MINUTES);
    assertThat(process.waitFor()).isEqualTo(7);
  }
}
