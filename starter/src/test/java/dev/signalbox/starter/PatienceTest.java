package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration LEAST = Duration.ofMillis(300);

  @Test
  void givesACallNoMoreThanWhatIsLeftOfTheTimeThatAPersonIsPromised() {
    Patience late = new Patience(Instant.now().minusSeconds(7));

    assertThat(new Patience(Instant.now().minusSeconds(4)).ofCall())
        .isLessThanOrEqualTo(Duration.ofSeconds(3));
    assertThat(late.ofLook()).isLessThanOrEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void givesWhoIsThereTimeToAnswerHoweverSlowWeWereToStart() {
    Patience slow = new Patience(Instant.now().minusSeconds(60));

    assertThat(slow.ofCall()).isEqualTo(Duration.ofMillis(2500));
    assertThat(slow.ofFirstReading()).isEqualTo(Duration.ofMillis(2500));
    assertThat(slow.ofLook()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void givesEachCallItsOwnTimeOnceAWorkerHasAnswered() {
    Patience patience = new Patience(Instant.now().minusSeconds(60));

    patience.answered();

    assertThat(patience.ofCall()).isEqualTo(SignalboxClient.PATIENCE);
    assertThat(patience.ofLook()).isEqualTo(Duration.ofSeconds(2));
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
