package dev.signalbox.workflows.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.StandingOrder;
import dev.signalbox.workflows.environment.StandingOrders;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NotHeldTest {
  @Test
  void belongsToWhoeverPutTheEnvironmentOnHold() {
    StandingOrder hold =
        new StandingOrder("ana", "rolled back: backend sick", Instant.EPOCH, null, false, null);

    GateResult waiting =
        new NotHeld(
                new StandingOrders(null, null, null, hold, null),
                new Occasion(null, null, true, Instant.EPOCH))
            .judge(null);

    assertThat(waiting.state()).isEqualTo(GateResult.State.WAITING);
    assertThat(waiting.owner()).isEqualTo("ana");
  }
}
