package dev.signalbox.workflows.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.policy.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrozenTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Freeze MORNING =
      new Freeze("2026-11-28T08:00", "2026-11-28T13:30", "UTC", "a launch");

  @Test
  void letsPassWhatHeldWhenSomebodySaidSo() {
    StandingOrders orders = frozenSince(NOON, overriddenAt(NOON));

    assertThat(at(NOON.plus(HOUR), orders, MORNING).passedBy("p"))
        .map(StandingOrder::person)
        .contains("hedda");
    assertThat(at(NOON.plus(HOUR), orders, MORNING).passedBy("q")).isEmpty();
  }

  @Test
  void holdsAgainWhereAFreezeWasOrderedAfterwards() {
    StandingOrders orders = frozenSince(NOON.plusMillis(1), overriddenAt(NOON));

    assertThat(at(NOON.plus(HOUR), orders, MORNING).passes()).isEmpty();
  }

  @Test
  void holdsAgainWhereAWindowBeganAfterwards() {
    StandingOrders orders = frozenSince(NOON, overriddenAt(NOON));
    Freeze daily = new Freeze("2026-11-28T12:30", "2026-11-28T18:00", "UTC", null);

    assertThat(at(NOON.plus(HOUR), orders, MORNING, daily).passes()).isEmpty();
  }

  @Test
  void holdsAgainInTheNextWeekOfAWindow() {
    Freeze weekly = new Freeze("Sat 08:00", "Sat 18:00", "UTC", null);
    StandingOrders orders = new StandingOrders(null, null, null, null, List.of(overriddenAt(NOON)));

    assertThat(at(NOON.plus(HOUR), orders, weekly).passes()).hasSize(1);
    assertThat(at(NOON.plus(Duration.ofDays(7)), orders, weekly).passes()).isEmpty();
  }

  private static Frozen at(Instant now, StandingOrders orders, Freeze... calendar) {
    return new Frozen(orders, List.of(calendar), now);
  }

  private static StandingOrders frozenSince(Instant since, StandingOrder override) {
    return new StandingOrders(
        new StandingOrder("ana", "why", since), null, null, null, List.of(override));
  }

  private static StandingOrder overriddenAt(Instant at) {
    return new StandingOrder("hedda", "the shop is down", at, null, false, "p");
  }
}
