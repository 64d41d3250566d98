package dev.signalbox.workers;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.workers.config.Env;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLogLineTest {
  private static final String TOKEN = "canary-4711";

  private final JsonLogLine encoder =
      new JsonLogLine(new Env(Map.of("GITHUB_TOKEN", TOKEN)).secretValues());

  @Test
  void givesEveryIdAFieldOfItsOwn() throws IOException {
    LoggingEvent event =
        event(
            "dev.signalbox.workers.Wiring",
            "worker started project=inspector engine=127.0.0.1:7233",
            null);
    event.setMDCPropertyMap(Map.of("WorkflowId", "promotion/inspector/production/1a2b"));

    JsonNode line = encoded(event);

    assertThat(line.get("message").asText()).startsWith("worker started");
    assertThat(line.get("project").asText()).isEqualTo("inspector");
    assertThat(line.get("engine").asText()).isEqualTo("127.0.0.1:7233");
    assertThat(line.get("workflowId").asText()).isEqualTo("promotion/inspector/production/1a2b");
    assertThat(line.get("level").asText()).isEqualTo("info");
    assertThat(line.get("at").asText()).startsWith("20").endsWith("Z");
  }

  @Test
  void isOneLineWhateverIsThrown() throws IOException {
    String text =
        new String(
            encoder.encode(
                event("io.temporal.x", "two\nlines", new IllegalStateException("bad\nnews"))),
            StandardCharsets.UTF_8);

    assertThat(text).endsWith("}\n").hasLineCount(1);
    assertThat(new ObjectMapper().readTree(text).get("exception").asText())
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void holdsNoSecret() throws IOException {
    JsonNode line =
        encoded(
            event(
                "io.temporal.internal",
                "refused " + TOKEN + " and ghp_abcdefghijklmnopqrstuvwxyz012345",
                new IllegalStateException("with " + TOKEN)));

    assertThat(line.toString()).doesNotContain(TOKEN).doesNotContain("ghp_abc");
    assertThat(encoded(event("dev.signalbox.x", "key=" + TOKEN, null)).toString())
        .doesNotContain(TOKEN);
  }

  private JsonNode encoded(LoggingEvent event) throws IOException {
    return new ObjectMapper().readTree(encoder.encode(event));
  }

  private static LoggingEvent event(String logger, String message, Throwable thrown) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    return new LoggingEvent(
        JsonLogLineTest.class.getName(),
        context.getLogger(logger),
        Level.INFO,
        message,
        thrown,
        new Object[0]);
  }
}
