package dev.signalbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.sandbox.SandboxSettings.EnvironmentSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --project FILE}: mistakes in it, and what a plan brings along. */
class ProjectFileTest {
  @TempDir Path directory;

  private SandboxSettings read(String toml) {
    try {
      Path file = Files.writeString(directory.resolve("project.toml"), toml);
      return ProjectFile.read(file, SandboxSettings.demo());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "services = 3|'services' is a integer",
        "environments.a.branch = 1|'branch' is a integer",
        "environments.a.auto_deploy = 'yes'|'auto_deploy' is a string",
        "services.x.watch = 'x/**'|'watch' is a string",
        "timing.build = 5|'build' is a integer",
        "timing.build = 'soon'|timing.build: 'soon' is no duration",
        "limits.per_hour = 'many'|'per_hour' is a string",
        "limits.per_hour = 0|limits.per_hour is 1 or more; found 0",
        "[environments]|environments: name at least one",
        "services.'a b' = {}|services.a b: a name is letters",
        "project.plan = 'gold'|project.plan is free, trial, hobby or pro; found gold",
        "environments.a.services.x.pre_deploy = 'y'|environments.a.services.x: there is no such"
            + " service",
        "environments.a.project = 'elsewhere'|project inspector has no environment; leave `project`"
            + " out of one",
        "environments.a.project = 1|'project' is a integer",
        "services.x.foo = 1|unknown key services.x.foo; one of directory, watch"
      })
  void saysWhatIsWrongInIt(String toml, String sentence) {
    assertThatThrownBy(() -> read(toml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("project.toml: ")
        .hasMessageContaining(sentence);
  }

  @Test
  void putsAnEnvironmentIntoAProjectOfItsOwn() {
    SandboxSettings settings =
        read(
            """
            [environments.staging]
            project = "inspector"
            [environments.production]
            project = "inspector-live"
            """);

    assertThat(settings.projects()).containsExactly("inspector", "inspector-live");
    assertThat(settings.only("inspector-live").environments())
        .containsExactly(
            new EnvironmentSettings("production", "production", false).in("inspector-live"));
  }

  @Test
  void saysThatItIsMissing() {
    Path nowhere = directory.resolve("nothing.toml");

    assertThatThrownBy(() -> ProjectFile.read(nowhere, SandboxSettings.demo()))
        .hasMessage(nowhere + ": there is no such file");
  }

  @Test
  void countsRequestsAsThePlanAllowsUnlessItSaysOtherwise() {
    assertThat(read("").requestsPerHour()).isEqualTo(10_000);
    assertThat(read("project.plan = 'hobby'").requestsPerHour()).isEqualTo(1_000);
    assertThat(read("project.plan = 'free'").requestsPerHour()).isEqualTo(100);
    assertThat(read("project.plan = 'free'\nlimits.per_hour = 7").requestsPerHour()).isEqualTo(7);
  }

  @Test
  void countsTheCallsOfASecondAsThePlanAllowsWhereItNamesOne() {
    assertThat(read("").requestsPerSecond()).isZero();
    assertThat(read("project.plan = 'hobby'").requestsPerSecond()).isEqualTo(10);
    assertThat(read("project.plan = 'pro'").requestsPerSecond()).isEqualTo(50);
    assertThat(read("project.plan = 'pro'\nlimits.per_second = 0").requestsPerSecond()).isZero();
  }

  @Test
  void countsGitHubsSecondaryLimitsWhereItNamesThem() {
    assertThat(read("").github().secondary()).isNull();
    assertThat(read("[github.secondary]").github().secondary()).isEqualTo(SecondaryLimits.GITHUB);
    assertThat(read("github.secondary.content_per_hour = 7").github().secondary())
        .isEqualTo(new SecondaryLimits(900, 80, 7, 100));
  }
}
