package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.migration.MigrationException.Fault;
import dev.signalbox.workflows.migration.MigrationPlan;
import dev.signalbox.workflows.migration.MigrationPlan.PlannedRevision;
import dev.signalbox.workflows.migration.MigrationPlan.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real PostgreSQL, with the project's real Alembic. */
@Order(1)
class AlembicToolTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final AlembicTool TOOL = new AlembicTool(new PythonEnvironment(System.getenv()));

  @TempDir Path directory;

  @Test
  void givesEachRevisionOfTheCorpusItsClass() throws IOException {
    Path corpus = AlembicProject.corpus(directory);

    MigrationPlan plan = plan(corpus, POSTGRES.database());

    assertThat(plan.state()).isEqualTo(State.BEHIND);
    assertThat(classes(plan)).isEqualTo(expected(corpus)).hasSizeGreaterThan(50);
  }

  @Test
  void changesNothingInTheDatabase() {
    String database = POSTGRES.database();

    plan(AlembicProject.corpus(directory), database);

    assertThat(
            POSTGRES.query(
                database, "select count(*) from pg_class where relname = 'alembic_version'"))
        .isEqualTo("0");
  }

  @Test
  void plansFromWhereTheDatabaseStands() {
    String database = standingAt("c050', 'c051");

    MigrationPlan plan = plan(AlembicProject.corpus(directory), database);

    assertThat(plan.revisions()).extracting(PlannedRevision::revision).containsExactly("c052");
    assertThat(plan.revisions().get(0).downRevisions()).containsExactly("c050", "c051");
  }

  @Test
  void hasNothingToDoAtTheHead() {
    MigrationPlan plan = plan(AlembicProject.corpus(directory), standingAt("c052"));

    assertThat(plan.state()).isEqualTo(State.CURRENT);
    assertThat(plan.revisions()).isEmpty();
  }

  @Test
  void namesARevisionThatTheCodeDoesNotKnow() {
    MigrationPlan plan = plan(AlembicProject.corpus(directory), standingAt("f00d"));

    assertThat(plan.state()).isEqualTo(State.UNKNOWN_REVISION);
    assertThat(plan.database()).containsExactly("f00d");
  }

  @Test
  void isDivergedWhereTheCodeKnowsSomeOfTheRevisions() {
    assertThat(plan(AlembicProject.corpus(directory), standingAt("c051', 'f00d")).state())
        .isEqualTo(State.DIVERGED);
  }

  @Test
  void refusesToChooseBetweenHeads() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Files.delete(corpus.resolve("versions/c052_merge.py"));

    MigrationPlan plan = plan(corpus, standingAt("c049"));

    assertThat(plan.state()).isEqualTo(State.MULTIPLE_HEADS);
    assertThat(plan.heads()).containsExactly("c050", "c051");
  }

  @Test
  void saysWhatIsWrongWithTheDatabaseBeforeWhatIsWrongWithTheCode() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Files.delete(corpus.resolve("versions/c052_merge.py"));

    assertThat(plan(corpus, standingAt("f00d")).state()).isEqualTo(State.UNKNOWN_REVISION);
    assertThat(plan(corpus, standingAt("c049', 'f00d")).state()).isEqualTo(State.DIVERGED);
    assertThat(plan(corpus, standingAt("c001', 'c049")).state()).isEqualTo(State.DIVERGED);
  }

  @Test
  void saysThatAProjectCommitsEachStatementByItself() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Path env = corpus.resolve("env.py");
    Files.writeString(
        env,
        Files.readString(env)
            .replace("create_engine(url)", "create_engine(url, isolation_level='AUTOCOMMIT')"));

    MigrationPlan plan = plan(corpus, POSTGRES.database());

    assertThat(plan.notes()).anyMatch(note -> note.contains("commit each statement by itself"));
    assertThat(plan.revisions()).noneMatch(PlannedRevision::transactional);
  }

  @Test
  void believesNoSqlOfAnotherDialect() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Path env = corpus.resolve("env.py");
    Files.writeString(env, Files.readString(env).replace("(url=url", "(url='sqlite://'"));

    assertThat(plan(corpus, standingAt("c095")).revisions().get(0).sqlUnavailable())
        .contains("env.py renders for sqlite");
  }

  @Test
  void saysThatThereIsNoAlembic() {
    assertThat(plan(directory, POSTGRES.database()).state()).isEqualTo(State.NO_ALEMBIC);
  }

  @Test
  void keepsTheFindingsThatACommentWantsToHide() {
    PlannedRevision hidden =
        revision(plan(AlembicProject.corpus(directory), POSTGRES.database()), "c044");

    assertThat(hidden.message()).startsWith("Comment hides nothing");
    assertThat(hidden.findings()).extracting("rule").contains("ban-drop-column");
  }

  @Test
  void saysWhyItHasNoSql() {
    PlannedRevision loop =
        revision(plan(AlembicProject.corpus(directory), POSTGRES.database()), "c035");

    assertThat(loop.sql()).isNull();
    assertThat(loop.sqlUnavailable()).contains("AttributeError");
  }

  @Test
  void namesTheModuleThatARevisionMisses() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Files.writeString(corpus.resolve("versions/c001_tables.py"), "import not_there\n");

    assertThatThrownBy(() -> plan(corpus, POSTGRES.database()))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("No module named 'not_there'");
  }

  @Test
  void namesTheFileWhoseFormerRevisionIsMissing() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Files.delete(corpus.resolve("versions/c001_tables.py"));

    assertThatThrownBy(() -> plan(corpus, POSTGRES.database()))
        .hasMessageContaining(
            "c002 (versions/c002_nullable_column.py) comes after c001, and no file has");
  }

  @Test
  void namesBothFilesOfARevisionThatIsThereTwice() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Files.copy(corpus.resolve("versions/c001_tables.py"), corpus.resolve("versions/c001_again.py"));

    assertThatThrownBy(() -> plan(corpus, POSTGRES.database()))
        .hasMessageContaining("versions/c001_again.py")
        .hasMessageContaining("versions/c001_tables.py")
        .hasMessageContaining("both say that they are revision c001");
  }

  @Test
  void showsThePathThatTheShellCallsPwd() {
    HiddenValues hidden =
        new HiddenValues(
            new DatabaseAddress("DATABASE_URL", "postgresql://bob:other@localhost/site"),
            Map.of("PWD", "/home/ana/project1", "DB_PWD", "canary-word"));

    assertThat(hidden.in("in /home/ana/project1: canary-word"))
        .isEqualTo("in /home/ana/project1: ***");
  }

  @Test
  void saysThatTheDatabaseIsNotThere() {
    assertThatThrownBy(
            () ->
                plan(
                    AlembicProject.corpus(directory),
                    "postgresql://ana:canary-word@127.0.0.1:1/app"))
        .isInstanceOfSatisfying(
            MigrationException.class,
            failed -> assertThat(failed.fault()).isEqualTo(Fault.UNREACHABLE))
        .hasMessageContaining("127.0.0.1:1/app")
        .hasMessageNotContaining("canary-word");
  }

  @Test
  void saysThatThePasswordIsWrong() {
    String wrong = POSTGRES.database().replace(POSTGRES.server().password(), "canary-word");

    assertThatThrownBy(() -> plan(AlembicProject.corpus(directory), wrong))
        .isInstanceOfSatisfying(
            MigrationException.class, failed -> assertThat(failed.fault()).isEqualTo(Fault.REFUSED))
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining("canary-word");
  }

  @Test
  void saysThatThereIsNoDatabaseOfThisName() {
    String missing = POSTGRES.named("not_there");

    assertThatThrownBy(() -> plan(AlembicProject.corpus(directory), missing))
        .isInstanceOfSatisfying(
            MigrationException.class, failed -> assertThat(failed.fault()).isEqualTo(Fault.REFUSED))
        .hasMessageContaining("\"not_there\" does not exist");
  }

  @Test
  void letsNoProjectWriteWhileItOnlyLooks() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Path env = corpus.resolve("env.py");
    Files.writeString(
        env,
        Files.readString(env)
            .replace(
                "        context.configure(connection=",
                "        connection.exec_driver_sql(\"create table too_early (id int)\")\n"
                    + "        context.configure(connection="));

    assertThatThrownBy(() -> plan(corpus, POSTGRES.database()))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("env.py writes while it only connects")
        .hasMessageContaining("create table too_early");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection.exec_driver_sql(\"set session characteristics as transaction read write\")",
        "connection.exec_driver_sql(\"set default_transaction_read_only = off\")",
        "connection.exec_driver_sql(\"select set_config('transaction_read_only', 'off', false)\")",
        "connection.connection.cursor().execute(\"set transaction read write\")"
      })
  void letsNoProjectMakeItsConnectionWritableWhileItOnlyLooks(String line) throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Path env = corpus.resolve("env.py");
    Files.writeString(
        env,
        Files.readString(env)
            .replace(
                "        context.configure(connection=",
                "        " + line + "\n        context.configure(connection="));

    assertThatThrownBy(() -> plan(corpus, POSTGRES.database()))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("env.py writes while it only connects");
  }

  private static String standingAt(String revisions) {
    String database = POSTGRES.database();
    POSTGRES.query(
        database,
        "create table alembic_version (version_num varchar(32) primary key);"
            + "insert into alembic_version values ('"
            + revisions.replace("', '", "'), ('")
            + "')");
    return database;
  }

  private static MigrationPlan plan(Path project, String database) {
    return TOOL.plan(
        new MigrationSource(project, null, List.of(POSTGRES.python().toString()), Map.of()),
        new DatabaseAddress("DATABASE_URL", database));
  }

  private static PlannedRevision revision(MigrationPlan plan, String id) {
    return plan.revisions().stream()
        .filter(revision -> revision.revision().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> classes(MigrationPlan plan) {
    return new TreeMap<>(
        plan.revisions().stream()
            .collect(
                Collectors.toMap(PlannedRevision::revision, revision -> revision.kind().word())));
  }

  /** What the corpus itself says of each revision. */
  private static Map<String, String> expected(Path corpus) throws IOException {
    Pattern said =
        Pattern.compile("(?s)# expected class: (\\w+).*^revision = '(\\w+)'", Pattern.MULTILINE);
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(corpus.resolve("versions"))) {
      for (Path file : files.toList()) {
        Matcher matcher = said.matcher(Files.readString(file));
        assertThat(matcher.find()).as(file.toString()).isTrue();
        all.put(matcher.group(2), matcher.group(1));
      }
    }
    return all;
  }
}
