package dev.signalbox.activities.migration;

/** Why a migration tool, the project or the database could not be used; nothing was changed. */
public final class MigrationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Whose fault it is. */
  public enum Fault {
    /** The database does not answer. */
    UNREACHABLE,
    /** It answers, and refuses. */
    REFUSED,
    /** Somebody else is at it, and what was wanted need not be done beside. */
    BUSY,
    /** The project's own code or configuration. */
    PROJECT,
    /** A tool on this machine is missing or does not work. */
    TOOL
  }

  private final Fault fault;
  private final String tried;
  private final String on;
  private final String answer;
  private final String next;

  public MigrationException(Fault fault, String tried, String on, String answer, String next) {
    super(tried + " (" + on + "): " + answer + ". " + next);
    this.fault = fault;
    this.tried = tried;
    this.on = on;
    this.answer = answer;
    this.next = next;
  }

  public Fault fault() {
    return fault;
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

  public String next() {
    return next;
  }
}
