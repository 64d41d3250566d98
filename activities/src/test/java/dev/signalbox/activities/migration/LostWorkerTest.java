package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The worker is killed beside its upgrade; nothing of that goes on, and the database says where it
 * stands.
 */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class LostWorkerTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final String RUN = "lost";

  /** Says which run of env.py this is, and waits for ever in the one that a test names. */
  private static final String ENV =
      """
      import os, time
      from alembic import context
      from sqlalchemy import create_engine, pool

      hooks = os.environ.get("HOOKS")
      if hooks:
          number = len([name for name in os.listdir(hooks) if name.startswith("run-")]) + 1
          open(os.path.join(hooks, "run-%d" % number), "w").close()
          while os.path.exists(os.path.join(hooks, "stop-%d" % number)):
              time.sleep(0.05)
      with create_engine(os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:"),
                         poolclass=pool.NullPool).connect() as connection:
          context.configure(connection=connection)
          with context.begin_transaction():
              context.run_migrations()
      """;

  /** Holds a transaction around everything, so that each revision needs a run of its own. */
  private static final String HOLDING = ENV.replace(".connect() as", ".begin() as");

  @TempDir Path directory;
  private String database;
  private Process worker;

  @BeforeEach
  void make() {
    database = POSTGRES.database();
  }

  @AfterEach
  void end() {
    worker.destroyForcibly();
  }

  private Path project(String... second) {
    return project(ENV, second);
  }

  private Path project(String env, String[] second) {
    return SmallProject.empty()
        .file("env.py", env)
        .sql("r1", "create table users (id int)")
        .revision("r2", second)
        .at(directory);
  }

  private void start(Path project, String hold, String... revisions) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for two seconds.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                UpgradeHost.class.getName(),
                project.toString(),
                POSTGRES.python().toString(),
                RUN,
                hold));
    command.addAll(List.of(revisions));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("DATABASE_URL", database);
    worker = builder.start();
    assertThat(worker.inputReader().readLine()).isEqualTo("sending");
  }

  /** Kills it with all the force there is, and waits until nothing of it is left. */
  private void kill() throws Exception {
    List<ProcessHandle> below = worker.descendants().toList();
    assertThat(below).isNotEmpty();

    worker.destroyForcibly().waitFor();

    for (ProcessHandle process : below) {
      process.onExit().get(2, TimeUnit.MINUTES);
    }
    await(() -> query("select count(*) from pg_stat_activity where" + MARKED).equals("0"));
  }

  private static final String MARKED =
      " datname = current_database() and application_name like 'signalbox%'";

  private static void await(BooleanSupplier state) throws InterruptedException {
    while (!state.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void awaitStatement(String begin) throws InterruptedException {
    await(
        () ->
            query(
                    "select count(*) from pg_stat_activity where state = 'active' and query ilike '"
                        + begin
                        + "%' and"
                        + MARKED)
                .equals("1"));
  }

  private String query(String sql) {
    return POSTGRES.query(database, sql);
  }

  private MigrationTool.Standing standing() {
    return new AlembicTool(new PythonEnvironment(System.getenv()))
        .standing(
            new MigrationSource(directory, null, List.of(POSTGRES.python().toString()), Map.of()),
            new DatabaseAddress("DATABASE_URL", database));
  }

  @Test
  void changesNothingWhenItIsKilledBefore() throws Exception {
    start(project("pass"), "hold", "r1", "r2");

    kill();

    assertThat(standing().at()).isEmpty();
  }

  @Test
  void standsBetweenTwoRevisionsWhenItIsKilledThere() throws Exception {
    Path project = project(HOLDING, new String[] {"pass"});
    Files.createFile(project.resolve("stop-3"));
    start(project, "go", "r1", "r2");
    await(() -> Files.exists(project.resolve("run-3")));

    kill();

    assertThat(standing().at()).containsExactly("r1");
  }

  @Test
  void takesBackTheTransactionInWhichItIsKilled() throws Exception {
    start(
        project("op.execute('create table half (id int)')", "op.execute('select pg_sleep(600)')"),
        "go",
        "r1",
        "r2");
    awaitStatement("select pg_sleep");

    kill();

    assertThat(standing().at()).containsExactly("r1");
    assertThat(query("select to_regclass('half')")).isEmpty();
  }

  @Test
  void namesTheIndexThatWasMadeBesideTheReadersWhenItWasKilled() throws Exception {
    // Until somebody reads the table, the revision waits for this lock.
    DatabaseSession reader = DatabaseSession.open(new DatabaseAddress("X", database), "a-reader");
    reader.value("select pg_advisory_lock(7)");
    start(
        project(
            "with op.get_context().autocommit_block():",
            "    op.execute('select pg_advisory_lock(7)')",
            "    op.execute('select pg_advisory_unlock(7)')",
            "    op.execute('create index concurrently left_behind on users (id)')"),
        "go",
        "r1",
        "r2");
    try (reader) {
      awaitStatement("select pg_advisory_lock");
      reader.run("begin isolation level repeatable read");
      reader.value("select count(*) from users");
      reader.value("select pg_advisory_unlock(7)");
      // It waits for everybody who may still see the table as it was.
      awaitStatement("create index concurrently");
      await(() -> query("select count(*) from pg_index where not indisvalid").equals("1"));

      kill();

      assertThat(reader.value("select 1")).isEqualTo("1");
    }
    assertThat(standing())
        .isEqualTo(new MigrationTool.Standing(List.of("r1"), List.of("public.left_behind")));
  }

  @Test
  void standsAtTheEndWhenItIsKilledBeforeItCouldSaySo() throws Exception {
    Path project = project(HOLDING, new String[] {"op.execute('create table done (id int)')"});
    Files.createFile(project.resolve("stop-4"));
    start(project, "go", "r1", "r2");
    await(() -> Files.exists(project.resolve("run-4")));

    kill();

    assertThat(standing().at()).containsExactly("r2");
    assertThat(query("select to_regclass('done')")).isEqualTo("done");
  }

  @Test
  void leavesNoServerProcessWhoseDriverHearsNoInterrupt() throws Exception {
    Path project = project("op.execute('select pg_sleep(600)')");
    Files.writeString(project.resolve("env.py"), ENV.replace("+psycopg:", "+psycopg2:"));
    start(project, "go", "r1", "r2");
    awaitStatement("select pg_sleep");

    kill();

    assertThat(standing().at()).containsExactly("r1");
  }

  @Test
  void leavesTheLockToTheNextOne() throws Exception {
    start(project("pass"), "hold", "r1", "r2");
    kill();

    start(project("pass"), "go", "r1", "r2");

    assertThat(worker.waitFor()).isZero();
    assertThat(standing().at()).containsExactly("r2");
  }
}
