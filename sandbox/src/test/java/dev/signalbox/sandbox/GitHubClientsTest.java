package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Strangers' own clients of GitHub, run as they are by the scripts in {@code clients}: with {@code
 * -Pclients}, each where its variable says.
 */
@Tag("clients")
class GitHubClientsTest extends SandboxTest {

  @TempDir Path directory;

  private String script(String name) throws IOException {
    try (var text = getClass().getResourceAsStream("/clients/" + name)) {
      Path file = directory.resolve(name);
      Files.copy(text, file);
      return file.toString();
    }
  }

  /** Every step must be ok; what the script printed names the one that was not. */
  private void run(String base, String... command) throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("SANDBOX", sandbox.url());
    builder.environment().put("GITHUB_URL", base);
    builder.environment().put("GITHUB_TOKEN", sandbox.githubToken());
    builder.environment().put("REPOSITORY", sandbox.repositoryName());
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output);

    assertThat(ended).as(String.join("\n", lines)).isTrue();
    assertThat(lines).noneMatch(line -> line.startsWith("FAILED"));
    assertThat(lines).anyMatch(line -> line.startsWith("ok merge"));
    assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/v3"})
  void servesOctokit(String prefix) throws Exception {
    ForeignClient.OCTOKIT.installed();

    run(sandbox.url() + prefix, "node", script("octokit.mjs"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/api/v3"})
  void servesPyGithub(String prefix) throws Exception {
    run(sandbox.url() + prefix, ForeignClient.PYGITHUB.installed(), script("pygithub.py"));
  }

  @Test
  void servesTheCommandLineOfGitHub() throws Exception {
    ForeignClient.GH.installed();

    run(sandbox.url(), "sh", script("gh.sh"));
  }
}
