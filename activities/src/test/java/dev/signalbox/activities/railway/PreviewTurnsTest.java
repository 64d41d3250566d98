package dev.signalbox.activities.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.pace.FastPace;
import dev.signalbox.activities.pace.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewTurnsTest {
  private final FastPace pace = new FastPace(Instant.parse("2026-11-02T10:00:00Z"));
  private final PreviewTurns turns = new PreviewTurns(pace);
  private final List<Integer> done = new ArrayList<>();

  @Test
  void letsEightLookInASecondAndWaitsWhereTheTurnIsSoon() {
    for (int number = 1; number <= 8; number++) {
      look(number);
    }
    assertThat(pace.waited()).isZero();

    look(9);

    assertThat(pace.waited()).isEqualTo(Duration.ofSeconds(1));
    assertThat(done).hasSize(9);
  }

  @Test
  void tellsWhenToComeAgainWhereTheTurnIsNotSoon() {
    turns.when("a removal", PreviewTurns.REMOVING, waiting(), () -> done.add(0));
    turns.when("another", PreviewTurns.REMOVING, waiting(), () -> done.add(0));
    Waiting stopped =
        new Waiting(
            pace,
            () -> {
              throw new IllegalStateException("its worker stops");
            });
    for (int number = 1; number <= 20; number++) {
      String who = "#" + number;
      assertThatThrownBy(() -> turns.when(who, PreviewTurns.MAKING, stopped, () -> done.add(1)))
          .isInstanceOf(RuntimeException.class);
    }

    assertThatThrownBy(() -> look(21))
        .isInstanceOfSatisfying(
            ApiException.class, later -> assertThat(later.delay()).hasValue(Duration.ofSeconds(3)));
    assertThat(done).hasSize(2);
  }

  private void look(int number) {
    turns.when("#" + number, PreviewTurns.MAKING, waiting(), () -> done.add(number));
  }

  private Waiting waiting() {
    return new Waiting(pace, () -> {});
  }
}
