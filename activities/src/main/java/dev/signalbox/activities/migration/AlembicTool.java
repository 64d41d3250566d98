package dev.signalbox.activities.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.workflows.migration.DowngradePlan;
import dev.signalbox.workflows.migration.Losses;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import dev.signalbox.workflows.migration.RevisionFacts;
import dev.signalbox.workflows.migration.RevisionJudge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The project's own Alembic, in the project's own Python. */
public final class AlembicTool implements MigrationTool {
  private static final Duration LONGEST_DESCRIPTION = Duration.ofMinutes(5);

  /** Somebody may hold the version table; a look does not wait for him. */
  private static final Duration LOOK_LOCK = Duration.ofSeconds(5);

  private static final Duration LOOK_STATEMENT = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = AlembicRunner.JSON;

  private final AlembicRunner runner;
  private final SqlReader reader;

  public AlembicTool(PythonEnvironment environments) {
    this.runner = new AlembicRunner(environments);
    this.reader = new SqlReader(environments);
  }

  @Override
  public MigrationPlan plan(
      MigrationSource source, DatabaseAddress database, Consumer<String> words) {
    if (!AlembicFiles.in(source.directory())) {
      return new MigrationPlan(
          State.NO_ALEMBIC,
          List.of(),
          List.of(),
          List.of(),
          List.of(
              "there is no alembic.ini in "
                  + source.directory()
                  + ", and no pyproject.toml with [tool.alembic]"));
    }
    words.accept("finding the project's Python");
    return plan(describe(source, database, words), new ArrayList<>());
  }

  /**
   * As {@link #plan}, by what is on record of a database that nobody asks.
   *
   * @param nowhere an address that leads to none
   * @param at revisions that it is taken to stand at, sorted
   */
  MigrationPlan planUnasked(MigrationSource source, DatabaseAddress nowhere, List<String> at) {
    return plan(
        description(source, nowhere, unasked(source, nowhere, "describe", at)),
        new ArrayList<>(),
        RevisionJudge.ofAnUnaskedDatabase());
  }

  /** Where the code wants a database, sorted; none is asked. */
  List<String> heads(MigrationSource source, DatabaseAddress nowhere) {
    PythonRun.End end = unasked(source, nowhere, "heads", List.of());
    return answered(source, nowhere, end, "heads", Heads.class).heads();
  }

  private record Heads(List<String> heads) {}

  private MigrationPlan plan(Description description, List<RevisionFacts> seen) {
    return plan(
        description,
        seen,
        new RevisionJudge(
            Set.copyOf(description.standing().uniqueIndexes()),
            Set.copyOf(description.standing().domains())));
  }

  /**
   * @param seen is given the facts of each revision, in order
   */
  private MigrationPlan plan(
      Description description, List<RevisionFacts> seen, RevisionJudge judge) {
    Map<String, SqlReader.Reading> readings = read(description);
    List<PlannedRevision> planned = new ArrayList<>();
    for (DescribedRevision revision : description.revisions()) {
      RevisionFacts facts = revision.facts(readings);
      seen.add(facts);
      PlannedRevision one = PlannedRevision.of(facts, revision.worstOf(judge.judge(facts)));
      planned.add(description.standing().autocommit() ? one.committingByItself() : one);
    }
    return new MigrationPlan(
        description.standing().state(),
        description.standing().database(),
        description.standing().heads(),
        planned,
        notes(description, readings));
  }

  @Override
  public DowngradePlan planDowngrade(MigrationSource source, DatabaseAddress database, String to) {
    PythonRun.End end =
        ask(source, database, "retreat", "signalbox-plan", to, AlembicTool::silently);
    Optional<String> none = end.answers().stream().flatMap(AlembicTool::noWayDown).findFirst();
    if (none.isPresent()) {
      return DowngradePlan.refused(to, none.get());
    }
    List<RevisionFacts> facts = new ArrayList<>();
    MigrationPlan plan = plan(description(source, database, end), facts);
    return plan.revisions().stream()
        .filter(revision -> !revision.reversible())
        .findFirst()
        .map(
            revision ->
                DowngradePlan.refused(
                    to,
                    revision.revision()
                        + " has no downgrade that does anything: what it did is only undone by a"
                        + " backup, or by a revision that does it"))
        .orElseGet(
            () ->
                new DowngradePlan(
                    to,
                    plan,
                    facts.stream().flatMap(one -> Losses.of(one).stream()).toList(),
                    null));
  }

  /** The same with the rows that would be lost. */
  public DowngradePlan planCountedDowngrade(
      MigrationSource source, DatabaseAddress database, String to) {
    return RowCounts.counted(planDowngrade(source, database, to), database);
  }

  private static Stream<String> noWayDown(String line) {
    JsonNode failed = AlembicRunner.read(line).path("failed");
    return failed.path("code").asText().equals("no-way-down")
        ? Stream.of(failed.path("message").asText())
        : Stream.empty();
  }

  private static List<String> notes(
      Description description, Map<String, SqlReader.Reading> readings) {
    Set<String> notes = new TreeSet<>();
    if (description.standing().problem() != null) {
      notes.add("Alembic cannot say what is pending: " + description.standing().problem());
    }
    if (description.standing().autocommit()) {
      notes.add(
          "the project's connections commit each statement by itself: what a revision has done"
              + " stays when it fails");
    }
    if (description.standing().pooled()) {
      notes.add(Pooler.NOTE);
    }
    readings.values().stream()
        .map(SqlReader.Reading::lintFailed)
        .filter(failed -> failed != null)
        .forEach(failed -> notes.add(MigrationPlan.NO_FINDINGS + failed));
    return List.copyOf(notes);
  }

  // ---- what the project says

  /** Where code and database stand. */
  private record Described(
      List<String> heads,
      List<String> database,
      List<String> unknown,
      List<String> uniqueIndexes,
      List<String> domains,
      List<String> pending,
      String serverVersion,
      boolean autocommit,
      boolean pooled,
      String problem) {

    State state() {
      if (!unknown.isEmpty()) {
        return unknown.containsAll(database) ? State.UNKNOWN_REVISION : State.DIVERGED;
      }
      // What is wrong with the database comes first: merging heads would not cure it.
      if (problem != null) {
        return State.DIVERGED;
      }
      if (heads.size() > 1) {
        return State.MULTIPLE_HEADS;
      }
      return pending.isEmpty() ? State.CURRENT : State.BEHIND;
    }

    /** As squawk wants it; null = not known. */
    String pgVersion() {
      return serverVersion == null ? null : serverVersion.replaceFirst("^(\\d+).*", "$1.0");
    }
  }

  private record Description(Described standing, List<DescribedRevision> revisions) {}

  private Description describe(
      MigrationSource source, DatabaseAddress database, Consumer<String> words) {
    return description(
        source, database, ask(source, database, "describe", "signalbox-plan", null, words));
  }

  private PythonRun.End ask(
      MigrationSource source,
      DatabaseAddress database,
      String todo,
      String application,
      String downTo,
      Consumer<String> words) {
    PythonRun.End end =
        ask(source, database, todo, order(source, database, application, downTo, false), words);
    boolean refused =
        end.answers().stream()
            .map(line -> AlembicRunner.read(line).path("failed").path("message").asText())
            .anyMatch(Pooler::refusesOptions);
    return refused
        ? ask(source, database, todo, order(source, database, application, downTo, true), words)
        : end;
  }

  private PythonRun.End ask(
      MigrationSource source,
      DatabaseAddress database,
      String todo,
      AlembicRunner.Order order,
      Consumer<String> words) {
    List<String> command = runner.command(source, todo);
    try {
      return new PythonRun(command, source.directory(), runner.environment(source, database))
          .await(order.line(), LONGEST_DESCRIPTION, new ReadingWords(words)::heard);
    } catch (IOException missing) {
      throw AlembicRunner.notStarted(command, missing);
    }
  }

  private PythonRun.End unasked(
      MigrationSource source, DatabaseAddress nowhere, String todo, List<String> at) {
    return ask(
        source,
        nowhere,
        todo,
        order(source, nowhere, "signalbox-plan", null, false).unasked(at),
        AlembicTool::silently);
  }

  private static AlembicRunner.Order order(
      MigrationSource source,
      DatabaseAddress database,
      String application,
      String downTo,
      boolean pooled) {
    return new AlembicRunner.Order(
        source.directory().toString(),
        database.variable(),
        application,
        LOOK_LOCK.toMillis(),
        LOOK_STATEMENT.toMillis(),
        null,
        null,
        null,
        false,
        downTo,
        pooled);
  }

  private static void silently(String words) {}

  @Override
  public void prepare(MigrationSource source, DatabaseAddress database) {
    runner.prepare(source);
  }

  @Override
  public Standing standing(MigrationSource source, DatabaseAddress database) {
    PythonRun.End end =
        ask(source, database, "stand", "signalbox-look", null, AlembicTool::silently);
    return answered(source, database, end, "standing", Answer.class).standing();
  }

  private record Answer(Standing standing) {}

  private static <T> T answered(
      MigrationSource source,
      DatabaseAddress database,
      PythonRun.End end,
      String wanted,
      Class<T> type) {
    for (String line : end.answers()) {
      JsonNode answer = AlembicRunner.read(line);
      if (answer.has("failed")) {
        throw new AlembicFailure(source, database).of(answer.get("failed"));
      }
      if (answer.has(wanted)) {
        return convert(answer, type);
      }
    }
    throw new AlembicFailure(source, database).of(end);
  }

  @Override
  public Upgraded upgrade(
      MigrationSource source,
      DatabaseAddress database,
      UpgradeSettings settings,
      UpgradeWatch watch) {
    try (AlembicUpgrade upgrade = new AlembicUpgrade(runner, source, database, settings, watch)) {
      return upgrade.run();
    }
  }

  private static <T> T convert(JsonNode answer, Class<T> type) {
    try {
      return JSON.treeToValue(answer, type);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("an answer of our own file", impossible);
    }
  }

  private static Description description(
      MigrationSource source, DatabaseAddress database, PythonRun.End end) {
    Described standing = null;
    List<DescribedRevision> revisions = new ArrayList<>();
    for (String line : end.answers()) {
      JsonNode answer = AlembicRunner.read(line);
      if (answer.has("failed")) {
        throw new AlembicFailure(source, database).of(answer.get("failed"));
      }
      if (answer.has("reading")) {
        continue;
      }
      if (answer.has("revision")) {
        revisions.add(convert(answer.get("revision"), DescribedRevision.class));
      } else {
        standing = convert(answer, Described.class);
      }
    }
    if (end.exit() != 0 || standing == null) {
      throw new AlembicFailure(source, database).of(end);
    }
    List<String> came = revisions.stream().map(DescribedRevision::revision).toList();
    if (!came.equals(standing.pending())) {
      throw new AlembicFailure(source, database).fewer(standing.pending(), came);
    }
    return new Description(standing, revisions);
  }

  private Map<String, SqlReader.Reading> read(Description description) {
    List<SqlReader.Text> texts = new ArrayList<>();
    for (DescribedRevision revision : description.revisions()) {
      String readable = revision.readable();
      if (readable != null) {
        texts.add(new SqlReader.Text(revision.revision(), readable));
      }
    }
    return reader.read(texts, description.standing().pgVersion());
  }
}
