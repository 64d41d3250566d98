package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.StandingOrder;
import dev.signalbox.workflows.environment.StandingOrders;
import dev.signalbox.workflows.policy.Calendar;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingViewTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void showsWhoLetsWhatPassBelowTheFreeze() {
    StandingOrders orders =
        new StandingOrders(
            new StandingOrder("ana", "we look", NOON, null, false, null),
            null,
            null,
            null,
            List.of(
                new StandingOrder("hedda", "it burns", NOON, null, false, "promotion/x"),
                new StandingOrder("hedda", "early", NOON.minusSeconds(1), null, false, "y")));

    StandingView view = new StandingView(orders, Calendar.OPEN, NOON);

    assertThat(view.lines())
        .containsExactly(
            "frozen by ana since 2026-11-28T12:00:00Z: we look",
            "  overridden by hedda for promotion/x: it burns");
    assertThat((List<?>) view.object().get("overrides")).hasSize(1);
  }
}
