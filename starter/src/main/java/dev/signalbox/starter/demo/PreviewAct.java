package dev.signalbox.starter.demo;

import dev.signalbox.sandbox.railway.Environment;
import dev.signalbox.starter.PreviewClient;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.preview.PreviewOrder;
import dev.signalbox.workflows.preview.PreviewStatus;
import dev.signalbox.workflows.release.ShortCommit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pull request gets an environment with a database of its own, and nothing stays of it. */
final class PreviewAct extends Act {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final String GONE = "gone";
  private static final String BRANCH = "note-who-inspected";
  private static final String TITLE = "Note who inspected";
  private static final String AUTHOR = "ben";
  private static final String OWN_DATABASES =
      "select datname from pg_database where datname like 'signalbox\\_inspector\\_%'";
  private static final String SCHEMA = "select version_num from alembic_version";

  private static final String MIGRATION =
      """
      \"""Note who inspected\"""

      import sqlalchemy as sa
      from alembic import op

      revision = "pr04"
      down_revision = "0003"


      def upgrade():
          op.add_column("inspections", sa.Column("inspector", sa.Text, nullable=True))
          op.create_index("ix_inspector", "inspections", ["inspector"])


      def downgrade():
          op.drop_index("ix_inspector")
          op.drop_column("inspections", "inspector")
      """;
  private static final String SEED =
      """
      import os

      from sqlalchemy import create_engine, text

      with create_engine(os.environ["DATABASE_URL"]).begin() as connection:
          connection.execute(text("insert into inspections (title, inspector) values ('roof', 'ana')"))
      """;

  PreviewAct() {
    super(5, "preview", "A pull request gets an environment and a database of its own, and leaves");
  }

  @Override
  String expected() {
    return GONE;
  }

  @Override
  public ActResult play(Stage stage, Telling telling, boolean manual) {
    Instant began = Instant.now();
    int journal = stage.sandbox().journal().last();
    stage.configure(
        "base = \"staging\"\n", "base = \"staging\"\nseed = [\"python\", \"seed.py\"]\n");
    telling.line("signalbox.toml now says: [previews] seed = [\"python\", \"seed.py\"]");
    int pull = open(stage, telling);
    telling.command("signalbox preview create pr-" + pull);
    PreviewClient previews = stage.client().previews();
    RequestAnswer answer = previews.request(pull, PreviewOrder.Kind.CREATE, "demo", headline);
    telling.line(answer.message() + "  " + answer.id());
    Progress progress = new Progress(telling, stage.client(), previews.id(pull));
    PreviewStatus made = follow(stage, pull, Set.of("ready", "failed", "refused"), progress);
    Optional<String> objection =
        made.urls().isEmpty() ? Optional.of(words(made)) : Optional.empty();
    if (objection.isEmpty()) {
      objection = shown(stage, made, pull, telling);
    }
    stage.sandbox().github().turnPull(pull, false, AUTHOR);
    telling.line("#" + pull + " is closed");
    previews.look(pull);
    PreviewStatus end = follow(stage, pull, Set.of(GONE, "refused", "stuck"), progress);
    Effects effects = Effects.since(stage, journal);
    Optional<String> left = left(stage, telling, effects);
    return new ActResult(
        number,
        name,
        answer.id(),
        made.revision(),
        end.stage().word(),
        expected(),
        ServiceAnswer.ofProduction(stage).version(),
        effects,
        Duration.between(began, Instant.now()).toMillis() / 1000.0,
        objection.or(() -> left).orElse(end.stage().word().equals(GONE) ? null : words(end)));
  }

  private static int open(Stage stage, Telling telling) {
    var repository = stage.sandbox().repository();
    repository.setBranch(BRANCH, repository.tip(Stage.STAGING).orElseThrow());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "backend/migrations/versions/pr04_inspector.py",
        MIGRATION.getBytes(StandardCharsets.UTF_8));
    files.put("backend/seed.py", SEED.getBytes(StandardCharsets.UTF_8));
    String head = stage.sandbox().pushRelease(BRANCH, files, TITLE);
    int pull = stage.sandbox().github().openPull(BRANCH, Stage.STAGING, TITLE, AUTHOR);
    telling.line(
        "#"
            + pull
            + " \""
            + TITLE
            + "\" is open at "
            + ShortCommit.of(head)
            + ", with a migration of its own");
    return pull;
  }

  private static PreviewStatus follow(Stage stage, int pull, Set<String> ends, Progress progress) {
    PreviewClient previews = stage.client().previews();
    Instant deadline = Instant.now().plus(LONGEST);
    while (Instant.now().isBefore(deadline)) {
      var unused = progress.look();
      try {
        Optional<PreviewStatus> seen =
            previews.status(pull).filter(status -> ends.contains(status.stage().word()));
        if (seen.isPresent()) {
          progress.look();
          return seen.get();
        }
      } catch (TroubleException noWorker) {
        // It is asked again.
      }
      Pauses.shortly();
    }
    throw new IllegalStateException(previews.id(pull) + " did not end in time");
  }

  /** Shows what it is, and says what it is not. */
  private static Optional<String> shown(
      Stage stage, PreviewStatus made, int pull, Telling telling) {
    telling.report(comment(stage, pull));
    telling.line("on " + remark(stage, pull));
    String url = made.urls().get("backend") + "/api/health";
    telling.command("curl " + url);
    ServiceAnswer answer = ServiceAnswer.of(URI.create(url), "");
    telling.line(answer.body());
    List<String> databases = stage.database().lines("postgres", OWN_DATABASES);
    if (databases.size() != 1) {
      return Optional.of("not one database of its own: " + databases);
    }
    String own = databases.get(0);
    List<String> schema = stage.database().lines(own, SCHEMA);
    telling.line(own + " stands at " + schema + ", staging's own at " + schemaOfStaging(stage));
    List<String> seeded =
        stage.database().lines(own, "select inspector from inspections where title = 'roof'");
    telling.line("its seed has written: " + seeded);
    boolean well =
        made.revision().equals(answer.version())
            && "connected".equals(answer.database())
            && schema.equals(List.of("pr04"))
            && schemaOfStaging(stage).equals(List.of("0003"))
            && seeded.equals(List.of("ana"));
    return well ? Optional.empty() : Optional.of("it is not what the pull request says");
  }

  private static List<String> schemaOfStaging(Stage stage) {
    return stage.database().lines("inspector_staging", SCHEMA);
  }

  private static String comment(Stage stage, int pull) {
    return words(github(stage, "/issues/" + pull + "/comments").at("/0/body"));
  }

  private static String remark(Stage stage, int pull) {
    ServiceAnswer remarks = github(stage, "/pulls/" + pull + "/comments");
    return remarks.at("/0/path")
        + ", line "
        + remarks.at("/0/line")
        + ": "
        + words(remarks.at("/0/body"));
  }

  private static ServiceAnswer github(Stage stage, String path) {
    return ServiceAnswer.of(
        URI.create(
            stage.sandbox().githubUrl() + "/repos/" + stage.sandbox().repositoryName() + path),
        stage.sandbox().githubToken());
  }

  /** Without what only we read. */
  private static String words(String markdown) {
    return markdown.replaceAll("\\s*<!--.*?-->\\s*", "");
  }

  private static Optional<String> left(Stage stage, Telling telling, Effects effects) {
    List<String> environments =
        stage.sandbox().railway().environments().stream().map(Environment::name).toList();
    List<String> databases = stage.database().lines("postgres", OWN_DATABASES);
    telling.line("environments at Railway: " + String.join(", ", environments));
    telling.line("databases of previews: " + (databases.isEmpty() ? "none" : databases));
    boolean none =
        environments.stream().noneMatch(name -> name.startsWith("pr-"))
            && databases.isEmpty()
            && effects.merge() == 0
            && effects.deploy().isEmpty();
    return none ? Optional.empty() : Optional.of("something is left, or production was touched");
  }

  private static String words(PreviewStatus status) {
    return "it is " + status.stage().word() + ": " + status.detail();
  }
}
