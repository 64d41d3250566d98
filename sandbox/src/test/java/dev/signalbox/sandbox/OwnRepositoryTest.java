package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.sandbox.git.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --repository OWNER/NAME=PATH} with somebody's own repository. */
class OwnRepositoryTest {

  @TempDir Path directory;
  private Path original;
  private String main;
  private String staging;

  @BeforeEach
  void somebodysRepository() {
    original = directory.resolve("shop.git");
    try (GitRepository repository = GitRepository.create(original, "somebody/shop")) {
      main =
          repository.push(
              "main",
              Map.of(
                  "api/pyproject.toml", text("[project]"),
                  "web/package.json", text("{}"),
                  "docs/index.md", text("# Docs"),
                  "README.md", text("# Shop")),
              "First");
      repository.setBranch("staging", main);
      staging = repository.push("staging", Map.of("api/new.py", text("x = 1")), "Second");
      repository.setBranch("topic", main);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private SandboxSettings settings() {
    return ClonedProject.of("somebody/shop", original, SandboxSettings.demo())
        .withTiming(SandboxSettings.Timing.QUICK);
  }

  /** Every file with its content and the time of its last change. */
  private Map<String, String> listing() throws IOException {
    Map<String, String> listing = new TreeMap<>();
    try (var files = Files.walk(original)) {
      for (Path file : files.toList()) {
        String content =
            Files.isRegularFile(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                : "";
        listing.put(file.toString(), Files.getLastModifiedTime(file) + content);
      }
    }
    return listing;
  }

  @Test
  void findsTheServicesAndTheEnvironmentsBranches() {
    assertThat(settings().services())
        .containsExactly(
            new ServiceSettings("api", "api", List.of()),
            new ServiceSettings("web", "web", List.of()));
    assertThat(settings().environments())
        .containsExactly(
            new EnvironmentSettings("staging", "staging", true),
            new EnvironmentSettings("production", "main", false));
    assertThat(settings().project()).isEqualTo("shop");
  }

  @Test
  void runsItsCommitsAndNeverWritesTheOriginal() throws IOException {
    Map<String, String> before = listing();

    try (Sandbox sandbox = Sandbox.start(settings())) {
      Client client = new Client(sandbox);
      assertThat(sandbox.repository().branches()).containsExactly("main", "staging", "topic");
      assertThat(client.version("production", "api")).isEqualTo(main);
      assertThat(client.version("staging", "web")).isEqualTo(staging);
      String third = sandbox.pushRelease("staging", Map.of("api/third.py", text("y = 2")), "Third");
      Eventually.see(() -> client.version("staging", "api"), third::equals);
    }

    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void isOneServiceWhenNothingCanBeBuiltByItself() {
    try (GitRepository repository =
        GitRepository.create(directory.resolve("plain.git"), "somebody/plain")) {
      repository.push("main", Map.of("index.html", text("hello")), "First");
    }

    SandboxSettings settings =
        ClonedProject.of("somebody/plain", directory.resolve("plain.git"), SandboxSettings.demo());

    assertThat(settings.services()).containsExactly(new ServiceSettings("web", "", List.of()));
  }

  @Test
  void letsAProjectFileSayWhatItsServicesAre() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("project.toml"),
            "[services.api]\n[environments.live]\nbranch = \"main\"\n");

    try (Sandbox sandbox = Sandbox.start(ProjectFile.read(file, settings()))) {
      assertThat(sandbox.repositoryName()).isEqualTo("somebody/shop");
      assertThat(new Client(sandbox).version("live", "api")).isEqualTo(main);
    }
  }

  @Test
  void saysThatADirectoryIsNoRepository() {
    assertThatThrownBy(
            () -> ClonedProject.of("a/b", directory.resolve("nothing"), SandboxSettings.demo()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no git repository");
  }

  /** What continuous integration checks out: the sandbox would hand on objects that it lacks. */
  @Test
  void refusesAShallowCloneAndSaysHowToFillIt() throws IOException {
    Files.writeString(original.resolve("shallow"), main + "\n");

    assertThatThrownBy(this::settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a shallow clone")
        .hasMessageContaining("fetch --unshallow");
  }
}
