package dev.signalbox.workflows.environment;

import static dev.signalbox.workflows.environment.RunReportFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import org.junit.jupiter.api.Test;

class QuarantinedTest {
  @Test
  void saysWhoPutItThereAndSinceWhen() {
    assertThat(new Quarantined("1a2b3c4", "loses orders", NOW, "ana", null, null).words())
        .isEqualTo("quarantined 1a2b3c4 by ana since 2026-11-20T12:00:00Z: loses orders");
  }

  @Test
  void saysThatItProvedBadWhereNobodyPutItThere() {
    assertThat(new Quarantined("1a2b3c4", "backend answered 500", null, null, null, null).words())
        .isEqualTo("quarantined 1a2b3c4, it proved bad: backend answered 500");
  }
}
