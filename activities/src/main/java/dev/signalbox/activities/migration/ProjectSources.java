package dev.signalbox.activities.migration;

import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.github.GitHubClient.Repository;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.migration.SourceArchive.Limits;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Brings a project's files onto this machine at exactly one commit, for as long as they are used.
 */
public final class ProjectSources {
  private final GitHubClient github;
  private final Path base;
  private final Limits limits;

  /**
   * @param variables of this process: they say where work directories lie
   */
  public ProjectSources(GitHubClient github, Map<String, String> variables) {
    this(github, CacheDirectory.of(variables).resolve("work"), Limits.USUAL);
  }

  ProjectSources(GitHubClient github, Path base, Limits limits) {
    this.github = github;
    this.base = base;
    this.limits = limits;
  }

  /** The files; gone when it is closed. */
  static final class Checkout implements AutoCloseable {
    private final WorkDirectory work;
    private final Path root;
    private final Path directory;
    private final MigrationSourceReference reference;

    private Checkout(
        WorkDirectory work, Path root, Path directory, MigrationSourceReference reference) {
      this.work = work;
      this.root = root;
      this.directory = directory;
      this.reference = reference;
    }

    /**
     * @param variables that the project's code finds
     */
    MigrationSource source(Map<String, String> variables) {
      return new MigrationSource(
          directory, root, reference.policy().python(), variables, reference.revision());
    }

    @Override
    public void close() {
      work.close();
    }
  }

  /**
   * @throws ApiException GitHub did not give the files
   * @throws MigrationException they are not what a repository's files should be
   */
  Checkout at(MigrationSourceReference reference) {
    WorkDirectory work = WorkDirectory.make(base);
    try {
      Path packed = work.path().resolve("source.tar.gz");
      github.tarball(
          Repository.of(reference.github()), reference.revision(), packed, limits.packed());
      Path into = Files.createDirectory(work.path().resolve("source"));
      Path root = new SourceArchive(named(reference), limits).unpack(packed, into);
      Files.delete(packed);
      return new Checkout(work, root, directory(reference, root), reference);
    } catch (IOException broken) {
      work.close();
      throw new UncheckedIOException(broken);
    } catch (RuntimeException failed) {
      work.close();
      throw failed;
    }
  }

  private static Path directory(MigrationSourceReference reference, Path root) {
    String name = reference.policy().directory() == null ? "" : reference.policy().directory();
    Path directory = root.resolve(name).normalize();
    if (!directory.startsWith(root) || !Files.isDirectory(directory)) {
      throw ApiException.notFound(
          named(reference)
              + " has no directory "
              + name
              + "; correct `directory` under [migrations]");
    }
    return directory;
  }

  private static String named(MigrationSourceReference reference) {
    return reference.github() + " at " + reference.revision();
  }
}
