package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration LEAST = Duration.ofMillis(300);

  @Test
  void givesACallNoMoreThanWhatIsLeftOfTheTimeThatAPersonIsPromised() {
    Patience late = new Patience(Instant.now().minusSeconds(6));

    assertThat(late.ofCall()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(late.ofLook()).isLessThanOrEqualTo(Duration.ofMillis(2500));
    assertThat(new Patience(Instant.now().minusSeconds(60)).ofCall()).isEqualTo(LEAST);
  }

  @Test
  void givesEachCallItsOwnTimeOnceAWorkerHasAnswered() {
    Patience patience = new Patience(Instant.now().minusSeconds(60));

    patience.answered();

    assertThat(patience.ofCall()).isEqualTo(SignalboxClient.PATIENCE);
  }

  @Test
  void endsEverythingWhenTheCommandsOwnTimeIsOver() {
    Patience patience = new Patience(Instant.now());
    patience.answered();

    patience.endsAt(Instant.now().minusSeconds(1));

    assertThat(patience.ofCall()).isEqualTo(LEAST);
    assertThat(patience.ofWork(Duration.ofMinutes(6))).isEqualTo(LEAST);
  }
}
