package dev.signalbox.activities.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.github.GitHubAnswers.Comparison;
import dev.signalbox.activities.github.GitHubAnswers.Comparison.ChangedFile;
import dev.signalbox.workflows.release.ConfigurationDiff;
import dev.signalbox.workflows.release.ConfigurationDiff.FileDiff;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a comparison says of files of configuration. */
class ConfigurationReadingTest {
  private static ConfigurationDiff read(ChangedFile... files) {
    return read(List.of(files));
  }

  private static ConfigurationDiff read(List<ChangedFile> files) {
    return ConfigurationReading.of(new Comparison("ahead", 1, 0, 1, null, null, List.of(), files));
  }

  private static List<String> keys(String name, String patch) {
    return read(new ChangedFile(name, null, patch)).files().get(0).keys();
  }

  @Test
  void namesKeysWithTheirOldAndNewValues() {
    assertThat(
            keys(
                "signalbox.toml",
                """
                @@ -3,4 +3,4 @@
                 [environments.production]
                -soak = "10m"
                +soak = "1m"
                +partial = true
                @@ -20,2 +20,2 @@
                -soak = "2h"
                +soak = "3h"
                """))
        .containsExactly(
            "environments.production.soak was \"10m\", is \"1m\"",
            "environments.production.partial was absent, is true",
            "soak was \"2h\", is \"3h\"");
    assertThat(
            keys(
                "backend/railway.json",
                "@@ -1 +1 @@\n-    \"numReplicas\": 1,\n+ \"numReplicas\": 2\n"))
        .containsExactly("numReplicas was 1, is 2");
  }

  @Test
  void tellsNoValueThatMayBeASecret() {
    List<String> keys =
        keys(
            "railway.toml",
            """
            @@ -1,4 +1,4 @@
            -startCommand = "run hunter2"
            +startCommand = "run hunter3"
            -seed = "postgres://app:hunter2@db/app"
            +seed = "none"
            +hook = "hunter2hunter2hunter2hunter2"
            """);

    assertThat(keys)
        .containsExactly(
            "startCommand is another (values are not shown)",
            "seed is another (values are not shown)",
            "hook is new");
  }

  @Test
  void namesOtherFilesAloneAndCountsLinesThatAreNoKeys() {
    assertThat(
            read(
                    new ChangedFile("web/Dockerfile", null, "@@ -1 +1 @@\n+ENV TOKEN=hunter2\n"),
                    new ChangedFile("README.md", null, "@@ -1 +1 @@\n+a = 1\n"))
                .files())
        .containsExactly(new FileDiff("web/Dockerfile", List.of()));
    assertThat(keys("signalbox.toml", "@@ -1 +1 @@\n+  \"backend\",\n+# why\n"))
        .containsExactly("and 1 other line");
  }

  @Test
  void saysWhenGitHubDoesNotNameEveryFile() {
    ChangedFile other = new ChangedFile("a.py", null, null);

    assertThat(read(other).whole()).isTrue();
    assertThat(read(Collections.nCopies(300, other)).whole()).isFalse();
    assertThat(read((List<ChangedFile>) null)).isNull();
  }
}
