package dev.signalbox.workers;

/**
 * Why something could not be done, as a person needs to hear it.
 *
 * @param code the exit code: 2 usage or configuration, 3 something was not reached
 * @param tried what was tried
 * @param on on what
 * @param answer what came back
 * @param next what to do next
 */
public record Trouble(int code, String tried, String on, String answer, String next) {
  public static final int USAGE = 2;
  public static final int NOT_REACHED = 3;

  /** Usage or configuration is wrong. */
  public static Trouble usage(String tried, String on, String answer, String next) {
    return new Trouble(USAGE, tried, on, answer, next);
  }

  /** Engine, worker, Railway or GitHub did not answer. */
  public static Trouble notReached(String tried, String on, String answer, String next) {
    return new Trouble(NOT_REACHED, tried, on, answer, next);
  }

  /** The whole of it in one paragraph. */
  public String sentence() {
    return tried + " (" + on + "): " + answer + ". " + next;
  }
}
