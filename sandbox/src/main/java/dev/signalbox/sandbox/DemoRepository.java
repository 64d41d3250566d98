package dev.signalbox.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The demo's repository: a backend and a frontend. {@code main} holds the first commit, {@code
 * staging} is one ahead; the branches of further environments stand where {@code main} does.
 */
public final class DemoRepository {
  /** The variable in which the backend finds its database. */
  public static final String ADDRESS = "DATABASE_URL";

  private static final String BEHAVIOUR =
      """
      # How the sandbox runs this service; docs/reference/sandbox.md lists the keys.
      checks = { python-ci = "success" }
      """;

  /** What the backend keeps; without the variable it keeps nothing, and is well. */
  private static final String STORING =
      """

      [database]
      variable = "DATABASE_URL"
      write = "insert into inspections (title) values ('seen')"
      read = "select id, title from inspections order by id desc limit 10"
      """;

  /** The packages of the backend's Python, as pip reads them. */
  public static final String REQUIREMENTS =
      """
      alembic==1.20.1
      SQLAlchemy==2.1.9
      psycopg[binary]==3.3.9
      """;

  private static final String ALEMBIC =
      """
      [alembic]
      script_location = %(here)s/migrations
      """;
  private static final String ENVIRONMENT =
      """
      import os

      from alembic import context
      from sqlalchemy import create_engine


      def migrate_online():
          engine = create_engine(os.environ["DATABASE_URL"])
          with engine.connect() as connection:
              context.configure(connection=connection, transaction_per_migration=True)
              with context.begin_transaction():
                  context.run_migrations()


      def migrate_offline():
          context.configure(dialect_name="postgresql", transaction_per_migration=True)
          with context.begin_transaction():
              context.run_migrations()


      if context.is_offline_mode():
          migrate_offline()
      else:
          migrate_online()
      """;
  private static final String APPLICATION =
      """
      import os


      def health():
          return {"status": "ok", "version": os.environ["RAILWAY_GIT_COMMIT_SHA"]}
      """;
  private static final String INSPECTIONS =
      """


      def inspections():
          return []
      """;
  private static final String PACKAGE =
      """
      {
        "name": "inspector-frontend",
        "private": true,
        "scripts": { "start": "serve ." }
      }
      """;
  private static final String PAGE =
      """
      <!doctype html>
      <title>Inspector</title>
      <h1>Inspector</h1>
      """;

  private DemoRepository() {}

  /** A revision of the demo's schema, as Alembic writes it. */
  static String revision(String id, String before, String message, String up, String down) {
    return """
    \"""%s\"""

    import sqlalchemy as sa
    from alembic import op

    revision = "%s"
    down_revision = %s


    def upgrade():
        %s


    def downgrade():
        %s
    """
        .formatted(message, id, before == null ? "None" : '"' + before + '"', up, down);
  }

  /**
   * @param branches in the order of promotion: staging first, main last
   */
  static void fill(Repository repository, List<String> branches) {
    String staging = branches.get(0);
    String main = branches.get(branches.size() - 1);
    Map<String, byte[]> files = new LinkedHashMap<>();
    put(files, "README.md", "# Inspector\n\nA backend and a frontend.\n");
    put(files, "backend/main.py", APPLICATION);
    put(files, "backend/requirements.txt", REQUIREMENTS);
    put(files, "backend/sandbox.toml", BEHAVIOUR + STORING);
    put(files, "backend/alembic.ini", ALEMBIC);
    put(files, "backend/migrations/env.py", ENVIRONMENT);
    put(
        files,
        "backend/migrations/versions/0001_inspections.py",
        revision(
            "0001",
            null,
            "Keep the inspections",
            """
            op.create_table(
                    "inspections",
                    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
                    sa.Column("title", sa.Text, nullable=False),
                )\
            """
                .strip(),
            "op.drop_table(\"inspections\")"));
    put(files, "frontend/package.json", PACKAGE);
    put(files, "frontend/index.html", PAGE);
    put(files, "frontend/sandbox.toml", BEHAVIOUR);
    String first = repository.push(main, files, "Inspect what was deployed");
    branches.stream()
        .filter(branch -> !branch.equals(main) && !branch.equals(staging))
        .forEach(branch -> repository.setBranch(branch, first));
    if (!staging.equals(main)) {
      repository.setBranch(staging, first);
      Map<String, byte[]> next = new LinkedHashMap<>();
      put(next, "backend/main.py", APPLICATION + INSPECTIONS);
      put(
          next,
          "backend/migrations/versions/0002_state.py",
          revision(
              "0002",
              "0001",
              "Say how far an inspection is",
              "op.add_column(\"inspections\", sa.Column(\"state\", sa.Text))",
              "op.drop_column(\"inspections\", \"state\")"));
      put(
          next,
          "backend/migrations/versions/0003_all_open.py",
          revision(
              "0003",
              "0002",
              "Begin with all of them open",
              "op.execute(\"update inspections set state = 'open' where state is null\")",
              "op.execute(\"update inspections set state = null\")"));
      repository.push(staging, next, "List the inspections");
    }
  }

  private static void put(Map<String, byte[]> files, String path, String content) {
    files.put(path, content.getBytes(StandardCharsets.UTF_8));
  }
}
