package dev.signalbox.workers;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.ForeignText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One log line as one JSON object: what was said, and every id as a field of its own, from the
 * message's {@code key=value} as from Temporal's context. Secrets are taken out: those of our own
 * environment wherever they stand, and in the words of others whatever looks like one.
 */
final class JsonLogLine extends EncoderBase<ILoggingEvent> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("(?<![\\w.-])([a-zA-Z]\\w*)=([^\\s,;]+)");
  private static final String OURS = "dev.signalbox.";
  private static final String MASK = "***";

  private final List<String> secrets;

  /**
   * @param secrets values that must not appear
   */
  JsonLogLine(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    boolean ours = event.getLoggerName().startsWith(OURS);
    String message = said(event.getFormattedMessage(), ours);
    ObjectNode line = JSON.createObjectNode();
    line.put("at", Instant.ofEpochMilli(event.getTimeStamp()).toString());
    line.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    line.put("logger", event.getLoggerName());
    line.put("thread", event.getThreadName());
    line.put("message", message);
    ids(event, ours ? message : "").forEach(line::put);
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.put("exception", thrown.getClassName());
      line.put(
          "trace",
          ThrowableProxyUtil.asString(thrown)
              .lines()
              .map(text -> text.startsWith("\tat ") ? text : said(text, false))
              .collect(Collectors.joining("\n")));
    }
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  private Map<String, String> ids(ILoggingEvent event, String message) {
    Map<String, String> ids = new TreeMap<>();
    event
        .getMDCPropertyMap()
        .forEach((name, value) -> ids.put(camelCase(name), clean(String.valueOf(value))));
    Matcher found = ID.matcher(message);
    while (found.find()) {
      ids.putIfAbsent(found.group(1), found.group(2));
    }
    // They say what the line itself is.
    List.of("at", "level", "logger", "thread", "message", "exception", "trace")
        .forEach(ids::remove);
    return ids;
  }

  private static String camelCase(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private String said(String text, boolean ours) {
    String cleaned = clean(text);
    return ours
        ? cleaned
        : cleaned.lines().map(ForeignText::ofAnswer).collect(Collectors.joining("\n"));
  }

  private String clean(String text) {
    String cleaned = text;
    for (String secret : secrets) {
      cleaned = cleaned.replace(secret, MASK);
    }
    return cleaned;
  }
}
