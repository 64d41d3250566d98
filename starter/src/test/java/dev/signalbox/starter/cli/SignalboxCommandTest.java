package dev.signalbox.starter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowQueryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SignalboxCommandTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void keepsTheWholeOfWhatAWorkerFailedWithInTheLogAlone() {
    IllegalStateException trace = new IllegalStateException("\tat the worker");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(SignalboxCommand.class);
    logger.addAppender(log);

    int exit =
        new Failing(
                new TroubleException(
                    Trouble.notReached("Sending", "a run", "a worker could not", "Ask again."),
                    new WorkflowQueryException(
                        WorkflowExecution.getDefaultInstance(), "Run", trace)))
            .call();

    logger.detachAppender(log);
    assertThat(exit).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Ask again. The whole answer is in .signalbox/signalbox.log.")
        .doesNotContain("at the worker");
    assertThat(log.list.get(0).getThrowableProxy().getCause().getCause().getMessage())
        .isEqualTo(trace.getMessage());
  }

  /** Runs into this. */
  private final class Failing extends SignalboxCommand {
    private final TroubleException failure;

    Failing(TroubleException failure) {
      super(
          new Surroundings(
              Map.of(),
              directory,
              new PrintStream(err, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              new ByteArrayInputStream(new byte[0]),
              false,
              false,
              Instant.now()));
      this.failure = failure;
      output = OutputForm.text;
    }

    @Override
    int run() {
      throw failure;
    }
  }
}
