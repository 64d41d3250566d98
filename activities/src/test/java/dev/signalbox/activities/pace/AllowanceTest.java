package dev.signalbox.activities.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.pace.Allowance.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private final Moved clock = new Moved();
  private final Allowance allowance =
      new Allowance(
          clock,
          List.of(new Window(Duration.ofSeconds(10), 10), new Window(Duration.ofHours(1), 30)));

  @Test
  void letsDoAtOnceWhatFits() {
    assertThat(allowance.ask("a", 4)).isZero();
    assertThat(allowance.ask("b", 4)).isZero();
  }

  @Test
  void saysAfterHowLongTheRestFitsInTheOrderOfAsking() {
    allowance.ask("a", 8);

    assertThat(allowance.ask("b", 8)).hasSeconds(10);
    assertThat(allowance.ask("c", 8)).hasSeconds(20);
    assertThat(allowance.ask("b", 8)).hasSeconds(10);
    clock.passes(Duration.ofSeconds(10));
    assertThat(allowance.ask("c", 8)).hasSeconds(10);
    assertThat(allowance.ask("b", 8)).isZero();
  }

  @Test
  void neverLetsMoreBeDoneThanEachStretchOfTimeHasRoomFor() {
    List<Instant> done = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    for (int number = 0; number < 40; number++) {
      waiting.add("pr-" + number);
    }
    while (!waiting.isEmpty()) {
      for (String who : List.copyOf(waiting)) {
        if (allowance.ask(who, 1).isZero()) {
          waiting.remove(who);
          done.add(clock.instant());
        }
      }
      clock.passes(Duration.ofSeconds(1));
    }

    assertThat(done).hasSize(40);
    assertThat(most(done, Duration.ofSeconds(10))).isEqualTo(10);
    assertThat(most(done, Duration.ofHours(1))).isEqualTo(30);
  }

  private static long most(List<Instant> done, Duration stretch) {
    return done.stream()
        .mapToLong(
            first ->
                done.stream()
                    .filter(one -> !one.isBefore(first) && one.isBefore(first.plus(stretch)))
                    .count())
        .max()
        .orElse(0);
  }

  @Test
  void givesThePlaceOfWhoDoesNotComeToOthers() {
    allowance.ask("a", 10);
    allowance.ask("b", 10);
    clock.passes(Duration.ofMinutes(3));

    assertThat(allowance.ask("c", 10)).isZero();
  }

  @Test
  void sparesWhatMayBeLeftOutOnlyWhileHalfOfItIsFree() {
    assertThat(allowance.spares(5)).isTrue();
    assertThat(allowance.spares(1)).isFalse();
    clock.passes(Duration.ofSeconds(10));
    assertThat(allowance.spares(5)).isTrue();
  }

  @Test
  void sparesNothingWhileSomebodyWaits() {
    allowance.ask("a", 10);
    allowance.ask("b", 1);
    clock.passes(Duration.ofSeconds(10));

    assertThat(allowance.spares(1)).isFalse();
  }

  @Test
  void keepsEverybodyAwayForAsLongAsTheOtherSideWantsAndInTheirOrder() {
    allowance.ask("a", 10);
    allowance.ask("b", 10);
    allowance.ask("c", 10);

    allowance.shut(Duration.ofSeconds(60));

    assertThat(allowance.shut()).hasSeconds(60);
    assertThat(allowance.spares(1)).isFalse();
    assertThat(allowance.ask("b", 10)).hasSeconds(60);
    assertThat(allowance.ask("c", 10)).hasSeconds(70);
    clock.passes(Duration.ofSeconds(60));
    assertThat(allowance.ask("b", 10)).isZero();
    assertThat(allowance.shut()).isZero();
  }

  private static final class Moved extends Clock {
    private Instant now = Instant.parse("2026-11-02T10:00:00Z");

    void passes(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
