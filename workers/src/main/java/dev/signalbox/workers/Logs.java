package dev.signalbox.workers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.signalbox.workers.config.Env;
import java.nio.file.Path;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Where log lines go: the whole log into a file, and nothing of it onto the terminal but our own
 * warnings (logback.xml). Nobody here logs a payload or a token.
 */
public final class Logs {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{36} %X{WorkflowId} %msg%n";

  private static final String JSON = "json";
  private static final String USUAL_FILE = ".signalbox/signalbox.log";

  private Logs() {}

  /** What libraries say through {@code java.util.logging} goes the same way as all else. */
  public static void takeInLibraries() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /**
   * Opens the log file: {@code SIGNALBOX_LOG}, else {@code .signalbox/signalbox.log} below the
   * directory. Ten megabytes, and three older ones are kept. {@code json} in its place, or {@code
   * json:} before it, makes every line one JSON object.
   */
  public static Path toFile(Env env, Path directory) {
    String setting = env.text("SIGNALBOX_LOG").orElse("");
    boolean json = setting.equals(JSON) || setting.startsWith(JSON + ":");
    String named = json ? setting.substring(JSON.length()).replaceFirst("^:", "") : setting;
    Path file = directory.resolve(named.isEmpty() ? USUAL_FILE : named);
    Encoder<ILoggingEvent> encoder = json ? new JsonLogLine(env.secretValues()) : plain();
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
      if (root.getAppender("FILE") == null) {
        root.addAppender(appender(context, file.toString(), encoder));
        root.setLevel(Level.INFO);
      }
    }
    return file;
  }

  private static Encoder<ILoggingEvent> plain() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(PATTERN);
    return encoder;
  }

  private static RollingFileAppender<ILoggingEvent> appender(
      LoggerContext context, String file, Encoder<ILoggingEvent> encoder) {
    encoder.setContext(context);
    encoder.start();

    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName("FILE");
    appender.setFile(file);
    appender.setEncoder(encoder);

    FixedWindowRollingPolicy older = new FixedWindowRollingPolicy();
    older.setContext(context);
    older.setParent(appender);
    older.setFileNamePattern(file + ".%i");
    older.setMinIndex(1);
    older.setMaxIndex(3);
    older.start();

    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(FileSize.valueOf("10MB"));
    size.start();

    appender.setRollingPolicy(older);
    appender.setTriggeringPolicy(size);
    appender.start();
    return appender;
  }
}
