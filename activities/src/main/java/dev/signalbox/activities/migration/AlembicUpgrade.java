package dev.signalbox.activities.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.activities.migration.Upgraded.Failure;
import dev.signalbox.activities.migration.Upgraded.Observed;
import dev.signalbox.activities.migration.Upgraded.Ran;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of revisions by one process: what it answers, and how it is brought to an end. */
final class AlembicUpgrade implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AlembicUpgrade.class);
  private static final Duration LISTEN = Duration.ofMillis(250);

  /** Longer than the file's own grace, after which it kills itself and all that it started. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  private static final Duration AFTER_TERM = Duration.ofSeconds(2);
  private static final int LONGEST_STATEMENT = 2_000;

  private final MigrationSource source;
  private final DatabaseAddress database;
  private final UpgradeSettings settings;
  private final UpgradeWatch watch;
  private final ChildProgram program;
  private final HiddenValues hidden;
  private final ProjectLog clean;
  private final LastLines said = new LastLines();

  private final List<Ran> ran = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private List<String> at;
  private List<String> invalid = List.of();
  private String begun;

  AlembicUpgrade(
      AlembicRunner runner,
      MigrationSource source,
      DatabaseAddress database,
      UpgradeSettings settings,
      UpgradeWatch watch) {
    this.source = source;
    this.database = database;
    this.settings = settings;
    this.watch = watch;
    this.hidden = new HiddenValues(database, source.environment());
    this.clean = new ProjectLog(hidden);
    this.program = runner.start(source, database, "upgrade", this::hear);
  }

  /** On the thread that reads what it says. */
  private void hear(String line) {
    clean
        .clean(line)
        .ifPresent(
            shown -> {
              said.add(shown);
              log.info("migration run={} line={}", settings.run().run(), shown);
            });
  }

  /**
   * @throws MigrationException it could not begin; nothing was changed
   */
  Upgraded run() {
    program.tell(settings.order(source, database).line());
    begin();
    program.tell("go");
    try {
      return listen();
    } catch (RuntimeException called) {
      return stopped(called);
    } catch (InterruptedException shutdown) {
      Upgraded end = stopped(cancelled(shutdown));
      Thread.currentThread().interrupt();
      return end;
    }
  }

  private void begin() {
    try {
      while (!program.silent()) {
        Optional<String> line = program.answer(LISTEN);
        watch.beat(said.last());
        if (line.isPresent()) {
          JsonNode answer = AlembicRunner.read(line.get());
          if (answer.has("failed")) {
            throw new AlembicFailure(source, database).of(answer.get("failed"));
          }
          at = texts(answer.at("/standing/at"));
          invalid = texts(answer.at("/standing/invalidIndexes"));
          watch.ready(at, invalid);
          return;
        }
      }
      throw new MigrationException(
          Fault.PROJECT,
          "Running the project's Alembic",
          database.toString(),
          "it ended without an answer; its last words: " + said.last(),
          "See that `alembic current` works with the project's own Python.");
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
      throw cancelled(shutdown);
    }
  }

  private Upgraded listen() throws InterruptedException {
    while (!program.silent()) {
      Optional<String> line = program.answer(LISTEN);
      if (line.isPresent()) {
        JsonNode answer = AlembicRunner.read(line.get());
        if (answer.has("failed")) {
          return failed(answer.get("failed"));
        }
        take(answer);
      }
      watch.beat(said.last());
    }
    if (ran.size() == settings.revisions().size()) {
      return end(null);
    }
    at = null;
    return end(
        failure("lost", null, null, "the process that ran it ended without an answer", true));
  }

  private void take(JsonNode answer) {
    if (answer.has("begin")) {
      begun = answer.get("begin").asText();
    } else if (answer.has("end")) {
      at = texts(answer.get("at"));
      invalid = texts(answer.get("invalidIndexes"));
      ran.add(
          new Ran(
              answer.get("end").asText(),
              seconds(answer.path("seconds")),
              observed(answer.path("observed"))));
    } else if (answer.has("own")) {
      notes.add(own(answer.get("own").asText(), hidden.in(answer.get("value").asText())));
    }
  }

  /** Null = nobody looked. */
  private static Observed observed(JsonNode said) {
    return said.isObject()
        ? new Observed(
            seconds(said.path("exclusive")),
            said.path("table").asText(null),
            texts(said.path("locks")),
            said.path("rows").asLong(),
            texts(said.path("rewritten")))
        : null;
  }

  private static Duration seconds(JsonNode number) {
    return Duration.ofMillis(Math.round(number.asDouble() * 1000));
  }

  private String own(String setting, String value) {
    return switch (setting) {
      case "application_name" ->
          "the project names its connections itself ("
              + value
              + "): they kept our name for this"
              + " run, because by it a lost run is found";
      case "lock_timeout" ->
          "the project sets lock_timeout to "
              + value
              + " itself: that held, and not our "
              + settings.lockTimeout().toMillis()
              + " ms";
      default ->
          "the project sets "
              + setting
              + " to "
              + value
              + " itself: that held, and not our "
              + settings.statementTimeout().toMillis()
              + " ms";
    };
  }

  private Upgraded failed(JsonNode failed) throws InterruptedException {
    program.hearOut();
    begun = failed.path("revision").asText(begun);
    at = failed.has("at") ? texts(failed.get("at")) : null;
    invalid = failed.has("invalidIndexes") ? texts(failed.get("invalidIndexes")) : invalid;
    String code = failed.path("code").asText();
    boolean raised = code.equals("raised");
    return end(
        failure(
            raised ? failed.path("class").asText() : code,
            failed.path("sqlstate").asText(null),
            StatementText.shown(failed.path("statement").asText(null), LONGEST_STATEMENT),
            new AlembicFailure(source, database).sentence(failed),
            failed.path("committed").asBoolean(true)));
  }

  /** Interrupts it, ends what the server does for it, and hears how far it came. */
  private Upgraded stopped(RuntimeException called) {
    log.info("migration stopped run={} cause={}", settings.run().run(), called.toString());
    program.hangUp();
    try {
      watch.stopping();
      long end = System.nanoTime() + GRACE.toNanos();
      while (!program.silent() && System.nanoTime() < end) {
        Optional<String> line = program.answer(LISTEN);
        sign();
        if (line.isPresent()) {
          JsonNode answer = AlembicRunner.read(line.get());
          if (answer.has("failed")) {
            Upgraded known = failed(answer.get("failed"));
            return new Upgraded(
                known.ran(), asStopped(known), known.at(), known.invalidIndexes(), known.notes());
          }
          take(answer);
        }
      }
      program.terminate();
      program.ended(AFTER_TERM);
    } catch (InterruptedException shutdown) {
      Thread.currentThread().interrupt();
    }
    at = null;
    return end(failure(Upgraded.STOPPED, null, null, "it was stopped", true));
  }

  private void sign() {
    try {
      watch.beat("stopping");
    } catch (RuntimeException calledOff) {
      // That is why it stops.
    }
  }

  /** The statement that was cancelled is no error of the revision's. */
  private static Failure asStopped(Upgraded known) {
    Failure failure = known.failure();
    return new Failure(
        failure.revision(),
        Upgraded.STOPPED,
        null,
        failure.statement(),
        "it was stopped",
        failure.committed(),
        failure.log());
  }

  private Failure failure(
      String kind, String sqlState, String statement, String error, boolean committed) {
    return new Failure(
        begun,
        kind,
        sqlState,
        statement == null ? null : hidden.in(statement),
        hidden.in(error),
        committed,
        said.lines());
  }

  private Upgraded end(Failure failure) {
    return new Upgraded(List.copyOf(ran), failure, at, invalid, List.copyOf(notes));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.asText()));
    return List.copyOf(texts);
  }

  private static CancellationException cancelled(InterruptedException shutdown) {
    CancellationException end = new CancellationException("interrupted: the worker shuts down");
    end.initCause(shutdown);
    return end;
  }

  @Override
  public void close() {
    program.close();
  }
}
