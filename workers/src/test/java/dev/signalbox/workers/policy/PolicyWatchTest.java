package dev.signalbox.workers.policy;

import static dev.signalbox.workers.policy.PipelineText.LEAST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a file that changes under a worker. */
class PolicyWatchTest {
  private static final String STAGING = "[environments.staging]\nbranch = \"staging\"\n";

  private final List<String> told = new ArrayList<>();
  private boolean engineAway;
  private Path file;
  private PolicyWatch watch;

  @BeforeEach
  void watched(@TempDir Path directory) throws IOException {
    file = directory.resolve("signalbox.toml");
    says(LEAST + STAGING);
    watch =
        new PolicyWatch(
            file,
            new FilePolicy(file, "inspector"),
            List.of("production", "staging"),
            environment -> {
              if (engineAway) {
                throw new IllegalStateException("the engine is away");
              }
              told.add(environment);
            });
    watch.look();
  }

  private void says(String text) throws IOException {
    Files.writeString(file, text);
  }

  @Test
  void tellsOfAllAtFirstBecauseNobodyWatchedBefore() {
    assertThat(told).containsExactly("production", "staging");
  }

  @Test
  void tellsOfTheEnvironmentThatAChangeConcernsAndOnce() throws IOException {
    says(LEAST + STAGING + "soak = \"30m\"\n");
    watch.look();
    watch.look();

    assertThat(told).containsExactly("production", "staging", "staging");
  }

  @Test
  void saysNothingOfWhatConcernsNoRun() throws IOException {
    says("# reviewed\n" + LEAST + STAGING + "[gateway]\ngithub = false\n");
    watch.look();

    assertThat(told).containsExactly("production", "staging");
  }

  @Test
  void tellsOfNoFaultyFileAndOfTheMendedOne() throws IOException {
    says(LEAST + STAGING + "soak = \"soon\"\n");
    watch.look();
    assertThat(told).containsExactly("production", "staging");

    says(LEAST + STAGING + "soak = \"1h\"\n");
    watch.look();

    assertThat(told).containsExactly("production", "staging", "staging");
  }

  @Test
  void tellsLaterWhatTheEngineDidNotTake() throws IOException {
    says(LEAST + STAGING + "soak = \"30m\"\n");
    engineAway = true;
    watch.look();
    engineAway = false;

    watch.look();

    assertThat(told).containsExactly("production", "staging", "staging");
  }
}
