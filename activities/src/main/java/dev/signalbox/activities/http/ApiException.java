package dev.signalbox.activities.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What we could not do or learn at an outside system.
 *
 * <p>The message says what was tried, on what, what came back and what to do next, and never holds
 * a token. Whoever calls decides by {@link #kind()}; {@link Failures} maps it to Temporal.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String tried;
  private final transient URI uri;
  private final int status;
  private final transient Map<String, List<String>> headers;
  private final Duration delay;

  /** What it means for whoever called. */
  public enum Kind {
    /** No answer, or a 5xx. A read may simply be repeated. */
    UNAVAILABLE,
    /** Refused for now, and nothing was done; {@link ApiException#delay()} says for how long. */
    RATE_LIMITED,
    /** Refused with a cause that will not go away by itself. */
    REJECTED,
    /** What was named is not there, or not for this token. */
    NOT_FOUND,
    /** An answer that does not say whether it was done. */
    UNKNOWN_OUTCOME,
    /** The request never left this machine. */
    NOT_SENT
  }

  /**
   * @param tried the operation in words, with its object: "deploy 1a2b3c4 to backend"
   * @param status 0 = there was none
   * @param delay for {@link Kind#RATE_LIMITED} only, else null
   */
  ApiException(
      Kind kind,
      String tried,
      URI uri,
      int status,
      Map<String, List<String>> headers,
      Duration delay,
      String message,
      Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.tried = tried;
    this.uri = uri;
    this.status = status;
    this.headers = headers == null ? Map.of() : Map.copyOf(headers);
    this.delay = delay;
  }

  /** A refusal that we recognise ourselves, in an answer that was none by its status. */
  public static ApiException rejected(String message) {
    return new ApiException(Kind.REJECTED, message, null, 0, null, null, message, null);
  }

  /** An answer that may be another one soon. */
  public static ApiException unavailable(String message) {
    return new ApiException(Kind.UNAVAILABLE, message, null, 0, null, null, message, null);
  }

  /** Not now, and nothing was done; in a while it may. */
  public static ApiException later(String message, Duration delay) {
    return new ApiException(Kind.RATE_LIMITED, message, null, 0, null, delay, message, null);
  }

  public static ApiException notFound(String message) {
    return new ApiException(Kind.NOT_FOUND, message, null, 0, null, null, message, null);
  }

  public Kind kind() {
    return kind;
  }

  public boolean is(Kind wanted) {
    return kind == wanted;
  }

  /** Whether it is a refusal with this status and text. */
  public boolean refusedWith(int code, String text) {
    return is(Kind.REJECTED) && status == code && getMessage().contains(text);
  }

  /** What was tried, with method and address. */
  public String tried() {
    return tried;
  }

  public Optional<URI> uri() {
    return Optional.ofNullable(uri);
  }

  /** The HTTP status; 0 without an answer. */
  public int status() {
    return status;
  }

  public Map<String, List<String>> headers() {
    return headers;
  }

  public Optional<Duration> delay() {
    return Optional.ofNullable(delay);
  }
}
