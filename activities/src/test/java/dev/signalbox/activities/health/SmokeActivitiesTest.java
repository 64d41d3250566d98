package dev.signalbox.activities.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.health.SmokeProcess.Trace;
import dev.signalbox.workflows.health.SmokeActivities;
import dev.signalbox.workflows.health.SmokeActivities.Outcome;
import dev.signalbox.workflows.health.SmokeActivities.SmokeEnd;
import dev.signalbox.workflows.health.SmokeActivities.SmokeOrder;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class SmokeActivitiesTest {
  @TempDir private Path directory;
  private TestActivityEnvironment engine;
  private SmokeActivities smoke;

  @BeforeEach
  void start() {
    engine = TestActivityEnvironment.newInstance();
    engine.registerActivitiesImplementations(
        new SmokeActivitiesImpl(Set.of("inspector"), directory));
    smoke = engine.newActivityStub(SmokeActivities.class);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private SmokeEnd run(Duration timeout, String... command) {
    return smoke.run(new SmokeOrder("inspector", List.of(command), timeout));
  }

  private SmokeEnd shell(String script) {
    return run(Duration.ofSeconds(30), "sh", "-c", script);
  }

  @Test
  void isJudgedByItsExitCodeAndKeepsTheEndOfItsOutput() {
    SmokeEnd end = shell("for i in $(seq 1 100); do echo line $i; done; echo oops >&2; exit 3");

    assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(end.exitCode()).isEqualTo(3);
    assertThat(end.tail()).hasSize(40).startsWith("line 62").endsWith("line 100", "oops");
  }

  @Test
  void keepsTheLastWordOfACommandThatEndsWhileItsOutputIsRead() {
    SmokeEnd end = shell("yes | head -n 60000; echo the last word");

    assertThat(end.tail()).hasSize(40).startsWith("y").endsWith("y", "the last word");
  }

  @Test
  void passesWithExitCodeZeroInTheDirectoryOfTheFile() throws IOException {
    Files.writeString(directory.resolve("here"), "found");

    SmokeEnd end = shell("cat here");

    assertThat(end.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(end.tail()).containsExactly("found");
  }

  @Test
  void hasNothingOfTheWorkersVariablesButWhatAProgramNeeds() {
    SmokeEnd end = shell("env | cut -d= -f1 | sort | tr '\\n' ' '");

    assertThat(List.of(end.tail().get(0).split(" ")))
        .contains("PATH")
        .isSubsetOf(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "TERM",
            "PWD",
            "OLDPWD",
            "SHLVL",
            "_");
  }

  @Test
  void keepsSecretsOutOfWhatItWrote() {
    SmokeEnd end = shell("echo PASSWORD=hunter2; echo $(printf 'ghp_%036d' 7)");

    assertThat(String.join(" ", end.tail())).contains("***").doesNotContain("hunter2", "ghp_0");
  }

  @Test
  void saysThatItCouldNotBeStarted() {
    SmokeEnd end = run(Duration.ofSeconds(5), "no-such-program-here");

    assertThat(end.outcome()).isEqualTo(Outcome.NOT_STARTED);
    assertThat(end.detail()).contains("no-such-program-here");
  }

  @Test
  void killsItAndAllThatItStartedWhenItsTimeIsUp() throws Exception {
    SmokeEnd end =
        run(
            Duration.ofSeconds(2),
            "sh",
            "-c",
            "sh -c 'echo $$ > child; trap \"\" TERM; sleep 60' & echo waiting; sleep 60");

    assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(end.tail()).contains("waiting");
    awaitEnd(Long.parseLong(Files.readString(directory.resolve("child")).strip()));
  }

  @Test
  void killsWhatItLeavesBehindWhenItEndsByItself() throws Exception {
    SmokeEnd end = shell("(echo $(sh -c 'echo $PPID') > child; exec sleep 60) & sleep 1; exit 0");

    assertThat(end.outcome()).isEqualTo(Outcome.PASSED);
    awaitEnd(Long.parseLong(Files.readString(directory.resolve("child")).strip()));
  }

  @Test
  void endsWhatADeadWorkerLeftRunningBeforeItBeginsAgain() throws Exception {
    Process left = new ProcessBuilder("sh", "-c", "sleep 60; true").start();
    engine.setHeartbeatDetails(new Trace(left.pid(), left.info().startInstant().orElseThrow()));

    SmokeEnd end = shell("true");

    assertThat(end.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(left.waitFor(2, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void leavesAStrangerAloneWhoHasTheSameNumber() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    engine.setHeartbeatDetails(
        new Trace(stranger.pid(), stranger.info().startInstant().orElseThrow().minusSeconds(100)));

    shell("true");

    assertThat(stranger.isAlive()).isTrue();
    stranger.destroyForcibly();
  }

  @Test
  void leavesNothingRunningWhenItsWorkerIsKilled() throws Exception {
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SmokeHost.class.getName(),
                directory.toString(),
                "sh",
                "-c",
                "sh -c 'echo $$ > child; sleep 60; true' & echo $$ > parent; wait")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(worker.inputReader().readLine()).isEqualTo("started");

    worker.destroyForcibly();

    awaitEnd(Long.parseLong(Files.readString(directory.resolve("parent")).strip()));
    awaitEnd(Long.parseLong(Files.readString(directory.resolve("child")).strip()));
  }

  private static void awaitEnd(long pid) throws Exception {
    Optional<ProcessHandle> left = ProcessHandle.of(pid);
    if (left.isPresent()) {
      left.get().onExit().get(2, TimeUnit.MINUTES);
    }
  }

  @Test
  void fillsInItsPlaceholdersAndLeavesOtherBracesAlone() {
    var test =
        new dev.signalbox.workflows.policy.SmokeTest(
            List.of("run", "--base={url}", "{\"a\":1}", "{url.api}", "{}"), null);

    assertThat(test.filled(Map.of("url", "https://$1.example.com", "url.api", "https://api")))
        .containsExactly("run", "--base=https://$1.example.com", "{\"a\":1}", "https://api", "{}");
    assertThat(test.unfilled(Map.of("url", "x"))).contains("url.api");
  }
}
