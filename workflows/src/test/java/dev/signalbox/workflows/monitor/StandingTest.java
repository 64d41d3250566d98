package dev.signalbox.workflows.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
  private static final Rules RULES = new Rules(3, 2, Duration.ofSeconds(1));
  private static final Check BACKEND =
      new Check("backend", "backend", Check.Kind.HEALTH, null, Duration.ofSeconds(5), null, null);

  @Test
  void isUpWithTheFirstGoodLook() {
    assertThat(after(State.UP).state()).isEqualTo(State.UP);
    assertThat(after(State.UP).reason()).isNull();
  }

  @Test
  void goesDownWithTheThirdBadLookInARowAndKeepsTheFirstOne() {
    assertThat(after(State.UP, State.DOWN, State.DOWN).state()).isEqualTo(State.UP);

    Standing down = after(State.UP, State.DOWN, State.DOWN, State.DOWN, State.DOWN);

    assertThat(down.state()).isEqualTo(State.DOWN);
    assertThat(down.since()).isEqualTo(START.plusSeconds(3));
    assertThat(down.firstBad().at()).isEqualTo(START.plusSeconds(1));
    assertThat(down.reason()).isEqualTo("expected 200, got DOWN");
  }

  @Test
  void forgetsBadLooksThatAGoodOneParts() {
    Standing parted = after(State.UP, State.DOWN, State.DOWN, State.UP, State.DOWN, State.DOWN);

    assertThat(parted.state()).isEqualTo(State.UP);
    assertThat(parted.firstBad().at()).isEqualTo(START.plusSeconds(4));
  }

  @Test
  void comesUpWithTheSecondGoodLookInARow() {
    Standing one = after(State.DOWN, State.DOWN, State.DOWN, State.UP);

    assertThat(one.state()).isEqualTo(State.DOWN);
    assertThat(one.firstBad().at()).isEqualTo(START);
    assertThat(one.after(look(State.UP, 4), RULES).state()).isEqualTo(State.UP);
    assertThat(one.after(look(State.UP, 4), RULES).firstBad()).isNull();
  }

  @Test
  void countsALookThatCouldNotTellForNothing() {
    Standing blind = after(State.UP, State.DOWN, State.UNKNOWN, State.DOWN);

    assertThat(blind.state()).isEqualTo(State.UP);
    assertThat(blind.looks()).isEqualTo(4);
    assertThat(blind.after(look(State.DOWN, 4), RULES).state()).isEqualTo(State.DOWN);
  }

  @Test
  void isDegradedOnlyAfterSlowLooksInARowAndServesAllTheSame() {
    assertThat(after(State.UP, State.DEGRADED, State.DEGRADED).state()).isEqualTo(State.UP);

    Standing slow = after(State.UP, State.DEGRADED, State.DEGRADED, State.DEGRADED);

    assertThat(slow.state()).isEqualTo(State.DEGRADED);
    assertThat(slow.state().serves()).isTrue();
  }

  private static Standing after(State... shown) {
    Standing standing = Standing.unknown(BACKEND, START);
    List<State> states = List.of(shown);
    for (int second = 0; second < states.size(); second++) {
      standing = standing.after(look(states.get(second), second), RULES);
    }
    return standing;
  }

  private static Look look(State shown, int second) {
    return new Look(shown, "200", shown.name(), START.plusSeconds(second), Duration.ofMillis(20));
  }
}
