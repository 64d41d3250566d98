package dev.signalbox.activities.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.migration.ProjectSources.Checkout;
import dev.signalbox.activities.migration.SourceArchive.Limits;
import dev.signalbox.workflows.migration.MigrationSourceReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks the sandbox's GitHub, over HTTP. */
class ProjectSourcesTest extends OnSandbox {
  @TempDir Path base;

  private ProjectSources sources(Limits limits) {
    return new ProjectSources(github(), base.resolve("work"), limits);
  }

  private MigrationSourceReference at(String revision, String directory) {
    return new MigrationSourceReference(sandbox.repositoryName(), revision, Policies.in(directory));
  }

  private String push(String branch, String text) {
    return sandbox.pushRelease(
        branch, Map.of("db/alembic.ini", text.getBytes(StandardCharsets.UTF_8)), text);
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(base.resolve("work"))) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  @Test
  void bringsTheFilesOfExactlyTheCommit() throws IOException {
    String wanted = push("staging", "wanted");
    push("staging", "newer");

    try (Checkout checkout = sources(Limits.USUAL).at(at(wanted, "db"))) {
      MigrationSource source = checkout.source(Map.of("A", "b"));
      assertThat(source.directory().resolve("alembic.ini")).hasContent("wanted");
      assertThat(source.directory().getParent()).isEqualTo(source.root());
      assertThat(source.environment()).containsEntry("A", "b");
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void looksForTheProjectsPythonNotAboveItsFiles() throws IOException {
    String revision = push("staging", "no requirements");
    Files.writeString(base.resolve("requirements.txt"), "never-to-be-installed");

    try (Checkout checkout = sources(Limits.USUAL).at(at(revision, "db"))) {
      assertThat(
              new ProjectPython(new PythonEnvironment(System.getenv()))
                  .of(checkout.source(Map.of())))
          .containsExactly("python3");
    }
  }

  @Test
  void saysWhichDirectoryTheCommitHasNot() throws IOException {
    ApiException missing =
        catchThrowableOfType(
            ApiException.class,
            () -> sources(Limits.USUAL).at(at(push("staging", "x"), "backend/none")));

    assertThat(missing.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(missing.getMessage()).contains("no directory backend/none", "`directory`");
    assertThat(left()).isEmpty();
  }

  @Test
  void staysInsideTheCommitsFiles() {
    assertThatThrownBy(() -> sources(Limits.USUAL).at(at(push("staging", "x"), "../..")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("no directory ../..");
  }

  @Test
  void saysThatThereIsNoSuchCommit() throws IOException {
    ApiException missing =
        catchThrowableOfType(
            ApiException.class, () -> sources(Limits.USUAL).at(at("0".repeat(40), "db")));

    assertThat(missing.kind()).isIn(Kind.NOT_FOUND, Kind.REJECTED);
    assertThat(left()).isEmpty();
  }

  @Test
  void takesNoMoreThanThereIsRoomFor() throws IOException {
    assertThatThrownBy(() -> sources(new Limits(10, 10, 10)).at(at(push("staging", "x"), "db")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("a repository with migrations must be smaller");
    assertThat(left()).isEmpty();
  }
}
