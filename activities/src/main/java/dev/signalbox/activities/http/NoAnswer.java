package dev.signalbox.activities.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why no answer came, in words. An exception names its class and what a library was doing; whoever
 * reads a report wants to know what happened on the way.
 */
public final class NoAnswer {
  private static final int DEEPEST = 10;

  /** Causes are quoted with their classes: {@code sun.security.…Exception: no valid path}. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error)(?:: *|\\b)");

  private NoAnswer() {}

  /** One clause, without a stop. */
  public static String words(IOException failure) {
    if (failure instanceof UnknownHostException unknown) {
      return "unknown host" + host(unknown);
    }
    if (failure instanceof SSLException insecure) {
      return "no trusted connection: " + own(insecure);
    }
    return known(failure).orElseGet(() -> own(failure));
  }

  private static String host(UnknownHostException unknown) {
    String name = String.valueOf(unknown.getMessage()).split("[:\\s]", 2)[0];
    return unknown.getMessage() == null ? "" : " " + name;
  }

  private static Optional<String> known(IOException failure) {
    return Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST)
        .flatMap(cause -> knownAlone(cause).stream())
        .findFirst();
  }

  private static Optional<String> knownAlone(Throwable cause) {
    String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (said.startsWith("connection refused")) {
      return Optional.of("connection refused");
    }
    if (said.startsWith("connection reset") || said.startsWith("broken pipe")) {
      return Optional.of("connection reset");
    }
    if (said.startsWith("connection timed out") || outOfTime(cause, said)) {
      return Optional.of("no answer in time");
    }
    if (cause instanceof EOFException || said.startsWith("unexpected end of stream")) {
      return Optional.of("connection closed before the answer");
    }
    return Optional.empty();
  }

  /** The same class tells that somebody interrupted the thread. */
  private static boolean outOfTime(Throwable cause, String said) {
    return cause instanceof InterruptedIOException && !said.startsWith("interrupted");
  }

  private static String own(IOException failure) {
    String said =
        failure.getMessage() == null
            ? ""
            : CLASS_NAME.matcher(failure.getMessage()).replaceAll("").strip();
    if (said.isEmpty()) {
      return failure
          .getClass()
          .getSimpleName()
          .replaceAll("(Exception|Error)$", "")
          .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
          .toLowerCase(Locale.ROOT);
    }
    // As it is: it may quote a token, which is masked by its exact letters.
    return said;
  }
}
