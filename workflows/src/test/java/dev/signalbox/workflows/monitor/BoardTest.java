package dev.signalbox.workflows.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.monitor.MonitorActivities.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Check BACKEND =
      new Check("backend", "backend", Check.Kind.HEALTH, null, Duration.ofSeconds(5), null, null);

  private final Board board = new Board(MonitorState.none(), "run");

  @BeforeEach
  void round() {
    board.take(new Round(NOW, List.of(standing(State.UP)), true, 1), NOW);
  }

  @Test
  void takesNewsOfItsWatchInTheirOrder() {
    int watch = board.nextWatch();

    assertThat(board.take(new Change(watch, 2, NOW, List.of(standing(State.DOWN))), NOW)).isTrue();
    assertThat(board.take(new Change(watch, 1, NOW, List.of(standing(State.UP))), NOW)).isFalse();

    assertThat(board.standings()).extracting(Standing::state).containsExactly(State.DOWN);
  }

  @Test
  void takesNoNewsOfAnEarlierWatch() {
    int earlier = board.nextWatch();
    board.nextWatch();

    assertThat(board.take(new Change(earlier, 9, NOW, List.of(standing(State.DOWN))), NOW))
        .isFalse();
    assertThat(board.standings()).extracting(Standing::state).containsExactly(State.UP);
  }

  @Test
  void stampsWhatItHearsInItsOrderWhateverTheClockSays() {
    Stamp round = board.stamps().get("backend");

    board.take(
        new Change(board.nextWatch(), 1, NOW, List.of(standing(State.DOWN))), NOW.minusSeconds(9));

    assertThat(board.stamps().get("backend").isAfter(round)).isTrue();
    assertThat(round.isAfter(board.stamps().get("backend"))).isFalse();
  }

  private static Standing standing(State state) {
    return Standing.unknown(BACKEND, NOW)
        .after(new Look(state, "200", "502", NOW, Duration.ZERO), new Rules(1, 1, Duration.ZERO));
  }
}
