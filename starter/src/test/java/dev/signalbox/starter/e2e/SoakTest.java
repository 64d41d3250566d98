package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.cli.Terminal;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakTest {
  @TempDir Path directory;

  @Test
  void isShownWhileItRunsThoughTheRunHearsOfItOnlyWhenItHasEnded() throws Exception {
    try (House house = House.at(directory).soaking(House.PRODUCTION, "12s").open()) {
      house.releaseOnStaging();
      String id = house.promote();
      Terminal terminal = house.terminal().with("SIGNALBOX_USER", "bob");
      FutureTask<Integer> code =
          new FutureTask<>(() -> terminal.run("promote", "production", "--wait=90s"));
      new Thread(code, "waiting").start();
      house.approve(id);

      assertThat(code.get()).as(terminal.out() + terminal.err()).isZero();

      assertThat(terminal.out())
          .containsSubsequence(
              "verify  running  then soaks for 12s", "verify  done", "soak  running", "soak  done");
      assertThat(terminal.out().split("verify {2}done", -1)).hasSize(2);
    }
  }
}
