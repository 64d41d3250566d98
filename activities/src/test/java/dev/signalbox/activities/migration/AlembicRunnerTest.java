package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our file in the project's Python, asked to run revisions. */
class AlembicRunnerTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void runsOneRevisionAfterTheOtherAndSaysWhereEachLeftTheDatabase() throws IOException {
    String database = POSTGRES.database();
    List<String> revisions = revisions(1, 49);

    List<JsonNode> answers = upgrade(AlembicProject.corpus(directory), database, revisions);

    assertThat(answers)
        .filteredOn(answer -> answer.has("end"))
        .extracting(answer -> answer.at("/at/0").asText())
        .isEqualTo(revisions);
    assertThat(POSTGRES.query(database, "select version_num from alembic_version"))
        .isEqualTo("c049");
  }

  @Test
  void runsNothingThatIsNotNext() throws IOException {
    String database = POSTGRES.database();

    List<JsonNode> answers =
        upgrade(AlembicProject.corpus(directory), database, List.of("c001", "c003"));

    assertThat(last(answers).at("/failed/code").asText()).isEqualTo("not-next");
    assertThat(POSTGRES.query(database, "select version_num from alembic_version"))
        .isEqualTo("c001");
  }

  @Test
  void namesTheStatementThatFailedWithoutTheRowsOfItsError() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Path broken = corpus.resolve("versions/c002_nullable_column.py");
    Files.writeString(
        broken,
        Files.readString(broken)
            .replace(
                "op.add_column(\"users\", sa.Column(\"city\", sa.String(50)))",
                "op.execute(\"INSERT INTO users VALUES (1, 'canary-row')\")\n"
                    + "    op.execute(\"INSERT INTO users VALUES (1, 'canary-row')\")"));
    String database = POSTGRES.database();

    JsonNode failed = last(upgrade(corpus, database, List.of("c001", "c002"))).get("failed");

    assertThat(failed.get("sqlstate").asText()).isEqualTo("23505");
    assertThat(failed.get("message").asText()).contains("users_pkey").doesNotContain("(id)=(1)");
    assertThat(POSTGRES.query(database, "select count(*) from users")).isEqualTo("0");
  }

  @Test
  void doesNotCallARevisionDoneThatTheDatabaseDoesNotName() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Path committing = corpus.resolve("versions/c002_nullable_column.py");
    Files.writeString(
        committing,
        Files.readString(committing)
            .replace("    op.add_column(", "    op.get_bind().commit()\n    op.add_column("));

    List<JsonNode> answers = upgrade(corpus, POSTGRES.database(), List.of("c001", "c002"));

    assertThat(last(answers).at("/failed/code").asText()).isEqualTo("not-recorded");
  }

  private static JsonNode last(List<JsonNode> answers) {
    return answers.get(answers.size() - 1);
  }

  private static List<String> revisions(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> String.format("c%03d", number))
        .toList();
  }

  @Test
  void runsWhatEnvPyLeavesForTheEndOfThePythonThatOnlyLooks() throws IOException {
    Path corpus = AlembicProject.corpus(directory);
    Path env = corpus.resolve("env.py");
    Files.writeString(
        env,
        "import atexit, pathlib\natexit.register(pathlib.Path('left').touch)\n"
            + Files.readString(env));

    List<JsonNode> answers = run("stand", corpus, POSTGRES.database(), List.of());

    assertThat(answers).noneMatch(answer -> answer.has("failed"));
    assertThat(corpus.resolve("left")).exists();
  }

  private static List<JsonNode> upgrade(Path project, String database, List<String> revisions)
      throws IOException {
    return run("upgrade", project, database, revisions);
  }

  private static List<JsonNode> run(
      String todo, Path project, String database, List<String> revisions) throws IOException {
    Map<String, String> environment = new HashMap<>(PythonEnvironment.handedOn(System.getenv()));
    environment.put("DATABASE_URL", database);
    String script =
        OwnScript.alembic(new PythonEnvironment(System.getenv()).cache()).path().toString();
    PythonRun.End end =
        new PythonRun(List.of(POSTGRES.python().toString(), script, todo), project, environment)
            .await(
                JSON.writeValueAsString(
                        Map.of(
                            "directory", project.toString(),
                            "url_variable", "DATABASE_URL",
                            "application", "signalbox test",
                            "lock_timeout", "4000",
                            "statement_timeout", "60000",
                            "check_interval", "1000",
                            "revisions", revisions))
                    + "\ngo",
                Duration.ofMinutes(2));
    List<JsonNode> answers = new ArrayList<>();
    for (String line : end.answers()) {
      answers.add(JSON.readTree(line));
    }
    return answers;
  }
}
