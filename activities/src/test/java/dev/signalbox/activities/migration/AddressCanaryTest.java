package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A project that shows its database's address wherever it can. */
class AddressCanaryTest extends MigrationHouse {
  private static final String SHOWING =
      """
      import logging, os, sys
      from alembic import context
      from sqlalchemy import create_engine, pool

      url = context.config.get_main_option("sqlalchemy.url")
      print(url)
      print("the password is " + os.environ["THE_PASSWORD"], file=sys.stderr)
      logging.basicConfig(stream=sys.stderr, level=logging.DEBUG)
      logging.getLogger("app").warning("connecting to %s with %s", url, os.environ["API_TOKEN"])
      with create_engine(url, echo=True, poolclass=pool.NullPool).connect() as connection:
          context.configure(connection=connection)
          with context.begin_transaction():
              context.run_migrations()
      """;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<String> details = new ArrayList<>();
  private final List<String> processes = new ArrayList<>();

  @BeforeEach
  void listen() {
    query("grant create on schema public to guarded");
    set(POSTGRES.guarded(database, PostgresServer.PASSWORD));
    variables().set("backend", "THE_PASSWORD", PostgresServer.PASSWORD);
    variables().set("backend", "API_TOKEN", "canary-of-the-token");
    log.start();
    ((Logger) LoggerFactory.getLogger("dev.signalbox")).addAppender(log);
    engine.setActivityHeartbeatListener(
        String.class,
        detail -> {
          details.add(detail);
          if (detail.startsWith("sending")) {
            ProcessHandle.allProcesses()
                .forEach(process -> process.info().commandLine().ifPresent(processes::add));
          }
        });
  }

  @AfterEach
  void deafen() {
    ((Logger) LoggerFactory.getLogger("dev.signalbox")).detachAppender(log);
  }

  private void showedNothing(Object result) {
    String logged =
        log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    assertThat(logged).contains("connecting to ***", "the password is ***");
    assertThat(processes).anyMatch(process -> process.contains("run=" + run));
    assertThat(String.join("\n", details) + logged + String.join("\n", processes) + result)
        .doesNotContain(PostgresServer.PASSWORD, "canary");
  }

  @Test
  void isInNoResultNoLogNoSignAndNoArgumentOfAProcess() {
    MigrationSourceReference source =
        pushed(
            SmallProject.empty()
                .file("env.py", SHOWING)
                .sql("r1", "create table users (name text unique)")
                .revision(
                    "r2",
                    "users = sa.table('users', sa.column('name', sa.String))",
                    "op.bulk_insert(users, [{'name': 'canary-row'}])",
                    "op.bulk_insert(users, [{'name': 'canary-row'}])"));

    UpgradeEnd end = migrations.upgrade(order(source, List.of(), "r1", "r2"));

    assertThat(end.failed().sqlState()).isEqualTo("23505");
    assertThat(end.at()).containsExactly("r1");
    showedNothing(end);
  }

  @Test
  void isInNoFailure() {
    MigrationSourceReference source =
        pushed(
            SmallProject.empty()
                .file("env.py", SHOWING)
                .revision("r1", "import os", "raise RuntimeError(repr(dict(os.environ)))"));

    UpgradeEnd end = migrations.upgrade(order(source, List.of(), "r1"));

    assertThat(end.failed().kind()).isEqualTo("builtins.RuntimeError");
    showedNothing(end);
  }

  @Test
  void isInNoFailureOfALook() {
    MigrationSourceReference source =
        pushed(
            SmallProject.empty()
                .file("env.py", SHOWING + "raise RuntimeError(url + os.environ['API_TOKEN'])\n")
                .sql("r1", "select 1"));

    ApplicationFailure failure =
        failureOf(() -> migrations.standing(standing(source, Duration.ZERO)));

    assertThat(failure.toString()).contains("RuntimeError").doesNotContain("canary");
  }
}
