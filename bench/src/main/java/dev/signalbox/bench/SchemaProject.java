package dev.signalbox.bench;

import dev.signalbox.sandbox.DemoRepository;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeEnd;
import dev.signalbox.workflows.migration.MigrationActivities.UpgradeOrder;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A project with revisions, in a directory and at GitHub. */
final class SchemaProject {
  private static final String ENVIRONMENT =
      """
      import os
      from alembic import context
      from sqlalchemy import create_engine, pool

      url = os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:")
      with create_engine(url, poolclass=pool.NullPool).connect() as connection:
          context.configure(connection=connection)
          with context.begin_transaction():
              context.run_migrations()
      """;

  private final SchemaSite site;
  private final String name;
  private final Path directory;
  private final String commit;
  private final List<String> revisions = new ArrayList<>();

  /**
   * @param bodies of {@code upgrade()}, one for each revision
   */
  SchemaProject(SchemaSite site, String name, List<String> bodies) throws IOException {
    this.site = site;
    this.name = name;
    this.directory = site.directory().resolve(name);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("alembic.ini", "[alembic]\nscript_location = %(here)s\n");
    files.put("env.py", ENVIRONMENT);
    files.put("versions/" + SchemaSite.FIRST + ".py", revision(SchemaSite.FIRST, null, "pass"));
    String before = SchemaSite.FIRST;
    for (String body : bodies) {
      String id = "r" + (revisions.size() + 1);
      files.put("versions/" + id + ".py", revision(id, before, body));
      revisions.add(id);
      before = id;
    }
    Map<String, byte[]> pushed = new LinkedHashMap<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
      pushed.put(name + "/" + file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
    }
    this.commit = site.sandbox().pushRelease("staging", pushed, name);
  }

  private static String revision(String id, String before, String body) {
    return """
    from alembic import op

    revision = "%s"
    down_revision = %s


    def upgrade():
        %s


    def downgrade():
        pass
    """
        .formatted(id, before == null ? "None" : '"' + before + '"', body);
  }

  /** One statement. */
  static String sql(String statement) {
    return "op.execute(\"" + statement + "\")";
  }

  List<String> revisions() {
    return List.copyOf(revisions);
  }

  MigrationSourceReference source() {
    return new MigrationSourceReference(site.sandbox().repositoryName(), commit, site.policy(name));
  }

  /** Seconds that it takes through us: fetched, under the lock, and looked at afterwards. */
  double ours() {
    Instant began = Instant.now();
    UpgradeEnd end =
        site.migrations()
            .upgrade(
                new UpgradeOrder(
                    site.database(),
                    source(),
                    "deploy/bench/production/" + UUID.randomUUID(),
                    List.of(SchemaSite.FIRST),
                    revisions));
    double seconds = Site.seconds(began, Instant.now());
    if (end.failed() != null) {
      throw new IllegalStateException(end.failed().toString());
    }
    return seconds;
  }

  /** Seconds that {@code alembic upgrade head} takes. */
  double bare() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(site.python().toString(), "-m", "alembic", "upgrade", "head")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put(DemoRepository.ADDRESS, site.address());
    Instant began = Instant.now();
    int code = builder.start().waitFor();
    double seconds = Site.seconds(began, Instant.now());
    if (code != 0) {
      throw new IllegalStateException("alembic upgrade ended with exit code " + code);
    }
    return seconds;
  }
}
