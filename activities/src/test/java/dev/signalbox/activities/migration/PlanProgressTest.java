package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a project's revisions may take minutes: it is followed, and can be called off. */
class PlanProgressTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final String SLEEPING =
      """
      import os
      import time
      open('pid', 'w').write(str(os.getpid()))
      os.rename('pid', 'asleep')
      time.sleep(300)
      """;

  @TempDir Path directory;

  @Test
  void saysWhichRevisionItReads() {
    List<String> words = new ArrayList<>();

    plan(
        SmallProject.empty()
            .sql("r1", "create table a (id int)")
            .sql("r2", "create table b (id int)"),
        words::add);

    assertThat(words)
        .containsExactly(
            "finding the project's Python",
            "starting the project's Alembic",
            "reading 2 revisions",
            "reading 2 revisions, at 1: r1",
            "reading 2 revisions, at 2: r2");
  }

  @Test
  void leavesNoProcessWhenItIsCalledOff() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread reading =
        new Thread(
            () -> {
              try {
                plan(SmallProject.empty().file("env.py", SLEEPING), words -> {});
              } catch (RuntimeException calledOff) {
                end.complete(calledOff);
              }
            });
    reading.start();
    ProcessHandle process = asleep();

    reading.interrupt();

    assertThat(end.get(2, TimeUnit.MINUTES)).isInstanceOf(CancellationException.class);
    assertThat(process.onExit().get(2, TimeUnit.MINUTES).isAlive()).isFalse();
  }

  private ProcessHandle asleep() throws IOException {
    Path file = directory.resolve("asleep");
    while (!Files.exists(file)) {
      Thread.onSpinWait();
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(file))).orElseThrow();
  }

  private void plan(SmallProject project, Consumer<String> words) {
    new AlembicTool(new PythonEnvironment(System.getenv()))
        .plan(
            new MigrationSource(
                project.at(directory), null, List.of(POSTGRES.python().toString()), Map.of()),
            new DatabaseAddress("DATABASE_URL", POSTGRES.database()),
            words);
  }
}
