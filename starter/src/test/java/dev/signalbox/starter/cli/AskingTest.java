package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.approval.Ask;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskingTest {
  @Test
  void saysUntilWhenToTheSecond() {
    Ask ask =
        new Ask(
            "approval",
            Ask.Kind.APPROVAL,
            "approval",
            "Ship it?",
            null,
            List.of("approve"),
            List.of("ana"),
            1,
            "a".repeat(64),
            null,
            Instant.parse("2026-11-20T12:00:00.123456789Z"));

    assertThat(Asking.lines("promotion/a", ask)).contains("  until 2026-11-20T12:00:00Z");
  }
}
