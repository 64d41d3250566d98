package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.pace.Pace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Started in the same moment. */
class TwoMigratorsTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final SmallProject COUNTING =
      SmallProject.empty()
          .sql("r1", "update counter set n = n + 1")
          .sql("r2", "update counter set n = n + 10");

  @TempDir Path directory;

  private Upgraded upgrade(String database, Path project, String run) {
    CarefulUpgrade.Signs silent =
        new CarefulUpgrade.Signs() {
          @Override
          public void waiting(String words) {}

          @Override
          public void sending() {}

          @Override
          public void underWay(String words) {}
        };
    return new CarefulUpgrade(
            new AlembicTool(new PythonEnvironment(System.getenv())),
            Pace.of(Clock.systemUTC()),
            silent)
        .run(
            new MigrationSource(project, null, List.of(POSTGRES.python().toString()), Map.of()),
            new DatabaseAddress("DATABASE_URL", database),
            new RunMark(run),
            List.of(),
            List.of("r1", "r2"),
            null,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1));
  }

  @RepeatedTest(5)
  void changeTheSchemaOnce() throws Exception {
    changeItOnce();
  }

  @Tag("crash")
  @RepeatedTest(50)
  void changeTheSchemaOnceHoweverOften() throws Exception {
    changeItOnce();
  }

  private void changeItOnce() throws Exception {
    String database = POSTGRES.database();
    POSTGRES.query(database, "create table counter as select 0 as n");
    Path project = COUNTING.at(directory);
    CyclicBarrier gate = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Upgraded>> both =
          List.of(
              () -> {
                gate.await();
                return upgrade(database, project, "one");
              },
              () -> {
                gate.await();
                return upgrade(database, project, "two");
              });

      List<Future<Upgraded>> ends = threads.invokeAll(both);

      assertThat(POSTGRES.query(database, "select n from counter")).isEqualTo("11");
      assertThat(ends.stream().filter(TwoMigratorsTest::refused)).hasSize(1);
    } finally {
      threads.shutdown();
    }
  }

  private static boolean refused(Future<Upgraded> end) {
    try {
      assertThat(end.get().at()).containsExactly("r2");
      return false;
    } catch (ExecutionException failed) {
      assertThat(failed.getCause())
          .isInstanceOf(CarefulUpgrade.Moved.class)
          .hasMessageContaining("stands at r2");
      return true;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
