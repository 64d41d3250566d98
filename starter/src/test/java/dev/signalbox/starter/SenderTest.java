package dev.signalbox.starter;

import static dev.signalbox.workflows.monitor.IncidentOrder.Kind.ACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.http.Secret;
import dev.signalbox.workflows.environment.LedgerRequest;
import dev.signalbox.workflows.environment.LedgerRequest.Kind;
import dev.signalbox.workflows.monitor.IncidentOrder;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SenderTest {
  /** A gateway that was started again, or another one, knows nothing of what was said before. */
  @Test
  void asksTheLedgerUnderOneIdWhenTheSameWordsComeAgain() {
    LedgerRequest first = sender().signed("ledger", promotion("a chance"));
    LedgerRequest again = sender().signed("ledger", promotion("another chance"));

    assertThat(again).isEqualTo(first);
    assertThat(first.requestId()).isEqualTo("slack-m-1");
  }

  @Test
  void provesAnOrderForOneIncidentOnly() {
    IncidentOrder order = new IncidentOrder("d", ACK, "ana", "on it", "slack", null, null);

    String proof = proving().signed("incident/a/production", order).proof();

    assertThat(proof).isNotBlank();
    assertThat(proving().signed("incident/a/production", order).proof()).isEqualTo(proof);
    assertThat(proving().signed("incident/a/staging", order).proof()).isNotEqualTo(proof);
    assertThat(sender().signed("incident/a/production", order).proof()).isNull();
  }

  private static Sender proving() {
    return new Sender("slack", "ana", "m-1", Optional.of(new Secret("key")), Instant.now());
  }

  private static Sender sender() {
    return new Sender("slack", "ana", "m-1", Optional.empty(), Instant.now());
  }

  private static LedgerRequest promotion(String id) {
    return new LedgerRequest(id, Kind.PROMOTE, null, null, "ana", "now");
  }
}
