package dev.signalbox.activities.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.environment.RunDecision;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.SignalExternalWorkflowExecutionInitiatedEventAttributes;
import io.temporal.common.converter.DataConverter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionReadingTest {
  private static final DataConverter CONVERTER = WireFormat.converter();

  @Test
  void findsWhatARunHasSaidOfDecisionsAmongAllThatItSaid() {
    RunDecision said =
        new RunDecision(
            "promotion/inspector/production/1",
            "run",
            new Decision(
                "id",
                "approval-1",
                null,
                "approve",
                "ana",
                "cli",
                "looks good",
                Instant.EPOCH,
                true,
                true,
                null,
                null));

    assertThat(
            new DecisionReading(CONVERTER)
                .in(
                    List.of(
                        HistoryEvent.getDefaultInstance(),
                        signal("leaseRequested", "a run"),
                        signal("decided", said))))
        .containsExactly(said);
  }

  private static HistoryEvent signal(String name, Object message) {
    return HistoryEvent.newBuilder()
        .setSignalExternalWorkflowExecutionInitiatedEventAttributes(
            SignalExternalWorkflowExecutionInitiatedEventAttributes.newBuilder()
                .setSignalName(name)
                .setInput(CONVERTER.toPayloads(message).orElseThrow()))
        .build();
  }
}
