package dev.signalbox.sandbox;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Strangers' own clients of GitHub, run as they are by the scripts in {@code clients}: with {@code
 * -Pclients}, each where its variable says.
 */
@Tag("clients")
class GitHubClientsTest extends ClientScripts {

  private void run(String base, String... command) throws IOException, InterruptedException {
    Map<String, String> variables =
        Map.of(
            "SANDBOX",
            sandbox.url(),
            "GITHUB_URL",
            base,
            "GITHUB_TOKEN",
            sandbox.githubToken(),
            "REPOSITORY",
            sandbox.repositoryName());
    runAndWant("ok merge", variables, command);
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
