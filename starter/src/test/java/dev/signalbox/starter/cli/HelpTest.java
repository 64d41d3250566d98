package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {
  @TempDir Path directory;

  @Test
  void everyCommandHasAnExampleAndItsExitCodes() {
    Terminal terminal = new Terminal(directory);

    for (String command : commands(terminal)) {
      assertThat(terminal.run(command, "--help")).as(command).isZero();
      assertThat(terminal.out()).as(command).contains("For example:").contains("Exit codes:");
    }
  }

  private static List<String> commands(Terminal terminal) {
    terminal.run("--help");
    List<String> all =
        terminal
            .out()
            .lines()
            .dropWhile(line -> !line.startsWith("Commands:"))
            .skip(1)
            .filter(line -> line.matches("  [a-z].*"))
            .map(line -> line.strip().split("[ ,]", 2)[0])
            .filter(name -> !name.equals("help"))
            .toList();
    assertThat(all).contains("promote", "history", "completion");
    return all;
  }
}
