package dev.signalbox.activities.backup;

import dev.signalbox.activities.migration.MigrationException;
import dev.signalbox.activities.migration.MigrationException.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds {@code pg_dump} and {@code pg_restore} on this machine: in the directory {@code PG_BIN}, on
 * the {@code PATH}, and where Debian puts each version.
 *
 * <p>A client reads servers of its own major version and older ones; a dump of a newer server that
 * an older client makes is refused by pg_dump itself.
 */
public final class InstalledPrograms {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ([0-9]+(?:\\.[0-9]+)?)");

  private static final Logger log = LoggerFactory.getLogger(InstalledPrograms.class);

  private final Map<String, String> variables;
  private final Path debian;

  /**
   * @param variables of the worker
   */
  public InstalledPrograms(Map<String, String> variables) {
    this(variables, DEBIAN);
  }

  InstalledPrograms(Map<String, String> variables, Path debian) {
    this.variables = Map.copyOf(variables);
    this.debian = debian;
  }

  /**
   * Those that fit a server: of its own major version, else the oldest newer ones.
   *
   * @param server its version
   * @throws MigrationException {@code TOOL}, naming what was found
   */
  PostgresPrograms fitting(String server) {
    requireNamed();
    List<PostgresPrograms> found = all();
    PostgresPrograms taken =
        found.stream()
            .filter(programs -> programs.major() >= PostgresPrograms.major(server))
            .min(Comparator.comparingInt(PostgresPrograms::major))
            .map(programs -> programs.with(PostgresPrograms.major(server)))
            .orElseThrow(() -> none(server, found));

    passedOver(server, taken).ifPresent(log::warn);
    return taken;
  }

  /** That other programs were taken than those that were named; empty = they were not. */
  Optional<String> passedOver(String server, PostgresPrograms taken) {
    String named = variables.getOrDefault("PG_BIN", "");
    if (named.isBlank() || taken.dump().startsWith(Path.of(named))) {
      return Optional.empty();
    }
    return in(Path.of(named))
        .map(
            own ->
                "PG_BIN names pg_dump "
                    + own.version()
                    + " ("
                    + own.dump()
                    + "); for server "
                    + server
                    + (own.major() < taken.server() ? ", too new for it, " : " ")
                    + taken.version()
                    + " ("
                    + taken.dump()
                    + ") is taken");
  }

  /** Whoever names a directory wants what is in it, and no other without a word. */
  private void requireNamed() {
    String named = variables.getOrDefault("PG_BIN", "");
    if (!named.isBlank() && in(Path.of(named)).isEmpty()) {
      throw new MigrationException(
          Fault.TOOL,
          "Finding pg_dump and pg_restore",
          "PG_BIN",
          "no pg_dump and pg_restore that say their version are in " + named,
          "Correct PG_BIN, or unset it: then they are looked for on the PATH and in "
              + DEBIAN
              + ".");
    }
  }

  private static MigrationException none(String server, List<PostgresPrograms> found) {
    int major = PostgresPrograms.major(server);
    return new MigrationException(
        Fault.TOOL,
        "Finding pg_dump and pg_restore",
        "server " + server,
        found.isEmpty()
            ? "there is neither in PG_BIN, nor on the PATH, nor in " + DEBIAN
            : "those here are too old for it: "
                + found.stream()
                    .map(programs -> programs.version() + " (" + programs.dump() + ")")
                    .collect(Collectors.joining(", ")),
        "Install the PostgreSQL client "
            + major
            + " or newer on the worker's machine, or name its directory in PG_BIN.");
  }

  private List<PostgresPrograms> all() {
    List<PostgresPrograms> found = new ArrayList<>();
    for (Path directory : directories()) {
      in(directory).ifPresent(found::add);
    }
    return found;
  }

  private Optional<PostgresPrograms> in(Path directory) {
    Path dump = directory.resolve("pg_dump");
    Path restore = directory.resolve("pg_restore");
    return Files.isExecutable(dump) && Files.isExecutable(restore)
        ? version(dump).map(version -> new PostgresPrograms(dump, restore, version, 0))
        : Optional.empty();
  }

  private Set<Path> directories() {
    Set<Path> directories = new LinkedHashSet<>();
    add(directories, variables.get("PG_BIN"));
    for (String part : variables.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      add(directories, part);
    }
    if (Files.isDirectory(debian)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(debian)) {
        versions.forEach(version -> directories.add(version.resolve("bin")));
      } catch (IOException unreadable) {
        // Then they are not there for us.
      }
    }
    return directories;
  }

  private static void add(Set<Path> directories, String directory) {
    if (directory != null && !directory.isBlank()) {
      directories.add(Path.of(directory));
    }
  }

  private Optional<String> version(Path program) {
    try {
      Process process =
          PostgresRun.builder(List.of(program.toString(), "--version"), variables, Map.of())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      Matcher version = VERSION.matcher(said);
      return process.waitFor() == 0 && version.find()
          ? Optional.of(version.group(1))
          : Optional.empty();
    } catch (IOException unusable) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  Map<String, String> variables() {
    return variables;
  }
}
