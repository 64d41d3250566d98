package dev.signalbox.activities.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
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

  /** OkHttp says it in several lines: the name, then the certificate's pin, owner and names. */
  private static final Pattern WRONG_NAME =
      Pattern.compile("(?s)^Hostname (\\S+) not verified:.*subjectAltNames: \\[([^\\]]*)\\]");

  private NoAnswer() {}

  /** One clause, without a stop. */
  public static String words(IOException failure) {
    if (failure instanceof UnknownHostException unknown) {
      return "unknown host" + host(unknown);
    }
    if (failure instanceof SSLException insecure) {
      return "no trusted connection: " + distrust(insecure);
    }
    return known(failure).orElseGet(() -> own(failure));
  }

  private static String distrust(SSLException insecure) {
    Matcher wrongName = WRONG_NAME.matcher(String.valueOf(insecure.getMessage()));
    if (wrongName.find()) {
      String names = wrongName.group(2).strip();
      return "the certificate is "
          + (names.isEmpty() ? "for no name" : "for " + names)
          + ", not for "
          + wrongName.group(1);
    }
    return causes(insecure)
        .flatMap(cause -> outOfDate(cause).stream())
        .findFirst()
        .orElseGet(() -> own(insecure));
  }

  private static Optional<String> outOfDate(Throwable cause) {
    if (cause instanceof CertificateExpiredException) {
      return Optional.of("the certificate has expired");
    }
    return cause instanceof CertificateNotYetValidException
        ? Optional.of("the certificate is not valid yet")
        : Optional.empty();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST);
  }

  private static String host(UnknownHostException unknown) {
    String name = String.valueOf(unknown.getMessage()).split("[:\\s]", 2)[0];
    return unknown.getMessage() == null ? "" : " " + name;
  }

  private static Optional<String> known(IOException failure) {
    return causes(failure).flatMap(cause -> knownAlone(cause).stream()).findFirst();
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
