package dev.signalbox.activities.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A project with a few revisions, each after the one before it, as a test writes them. */
final class SmallProject {
  private static final String INI = "[alembic]\nscript_location = %(here)s\n";

  private static final String TOML =
      "[project]\nname = \"small\"\n\n[tool.alembic]\nscript_location = \"%(here)s\"\n";

  private static final String ENV =
      """
      import os
      from alembic import context
      from sqlalchemy import create_engine, pool

      with create_engine(@URL@, poolclass=pool.NullPool).connect() as connection:
          context.configure(connection=connection@OPTIONS@)
          with context.begin_transaction():
              context.run_migrations()
      """;

  private final Map<String, String> files = new LinkedHashMap<>();
  private String last;
  private String url = "context.config.get_main_option(\"sqlalchemy.url\")";
  private String options = "";
  private boolean configuredByToml;

  static SmallProject empty() {
    return new SmallProject();
  }

  /**
   * A revision after the one before.
   *
   * @param body of {@code upgrade()}, its lines
   */
  SmallProject revision(String id, String... body) {
    files.put(
        "versions/" + id + ".py",
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
            + "revision = '"
            + id
            + "'\ndown_revision = "
            + (last == null ? "None" : "('" + last + "',)")
            + "\n\n\ndef upgrade():\n    "
            + String.join("\n    ", body)
            + "\n\n\ndef downgrade():\n    pass\n");
    last = id;
    return this;
  }

  /** The next one comes after these, none or several of them. */
  SmallProject after(String... revisions) {
    last = revisions.length == 0 ? null : Stream.of(revisions).collect(Collectors.joining("', '"));
    return this;
  }

  /** The last one is taken back by these statements. */
  SmallProject undoneBy(String... statements) {
    String body =
        List.of(statements).stream()
            .map(statement -> "op.execute(\"\"\"" + statement + "\"\"\")")
            .collect(Collectors.joining("\n    "));
    files.computeIfPresent(
        "versions/" + last + ".py",
        (name, text) ->
            text.replace("def downgrade():\n    pass\n", "def downgrade():\n    " + body + "\n"));
    return this;
  }

  /** A revision that runs these statements. */
  SmallProject sql(String id, String... statements) {
    return revision(
        id,
        List.of(statements).stream()
            .map(statement -> "op.execute(\"\"\"" + statement + "\"\"\")")
            .toArray(String[]::new));
  }

  /** What {@code create_engine} is given besides, and {@code context.configure}. */
  SmallProject connecting(String url, String options) {
    this.url = url;
    this.options = options;
    return this;
  }

  /** Its Alembic is configured by {@code pyproject.toml} alone. */
  SmallProject byPyproject() {
    configuredByToml = true;
    return this;
  }

  SmallProject file(String name, String text) {
    files.put(name, text);
    return this;
  }

  Map<String, byte[]> below(String directory) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    texts()
        .forEach(
            (name, text) -> all.put(directory + "/" + name, text.getBytes(StandardCharsets.UTF_8)));
    return all;
  }

  Path at(Path directory) {
    try {
      for (Map.Entry<String, String> file : texts().entrySet()) {
        Path path = directory.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      return directory;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private Map<String, String> texts() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(configuredByToml ? "pyproject.toml" : "alembic.ini", configuredByToml ? TOML : INI);
    all.put("env.py", ENV.replace("@URL@", url).replace("@OPTIONS@", options));
    all.putAll(files);
    return all;
  }
}
