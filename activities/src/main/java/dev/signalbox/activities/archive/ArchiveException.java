package dev.signalbox.activities.archive;

/** What the archive could not do; the message names no credentials. */
public final class ArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What it means for whoever called. */
  public enum Kind {
    /** No answer, or one that may be another soon. */
    UNREACHABLE,
    /** It may not be read or written so. */
    REFUSED,
    /** There is no room. */
    FULL,
    /** There is no such file. */
    NOT_FOUND,
    /** It is not what was written. */
    SPOILED
  }

  private final Kind kind;
  private final String tried;
  private final String on;
  private final String answer;
  private final String next;

  ArchiveException(
      Kind kind, String tried, String on, String answer, String next, Throwable cause) {
    super((tried + " (" + on + "): " + answer + ". " + next).strip(), cause);
    this.kind = kind;
    this.tried = tried;
    this.on = on;
    this.answer = answer;
    this.next = next;
  }

  /** A file is not what was written. */
  public static ArchiveException spoiled(String tried, String on, String answer, Throwable cause) {
    return new ArchiveException(
        Kind.SPOILED, tried, on, answer, "Somebody else changed it; use another one.", cause);
  }

  /** The connection was lost in the middle of a file. */
  public static ArchiveException lost(String tried, String on, Throwable cause) {
    return new ArchiveException(
        Kind.UNREACHABLE,
        tried,
        on,
        String.valueOf(cause.getMessage()),
        "It is tried again.",
        cause);
  }

  public Kind kind() {
    return kind;
  }

  public String tried() {
    return tried;
  }

  public String on() {
    return on;
  }

  public String answer() {
    return answer;
  }

  /** Empty where nothing can be advised. */
  public String next() {
    return next;
  }
}
