package dev.signalbox.activities.migration;

/**
 * How the connections of one upgrade are called at the server, so that they are found when their
 * worker is gone.
 *
 * @param run whose they are
 */
record RunMark(String run) {
  /** Begin of the names of all connections that change a schema for us. */
  static final String PREFIX = "signalbox:";

  private static final String LOCK_PREFIX = "signalbox-lock:";

  /** PostgreSQL cuts a longer name. */
  private static final int LONGEST = 63;

  private static final int OF_THE_HASH = 12;

  RunMark {
    if (run == null || run.isBlank()) {
      throw new IllegalArgumentException("run: want a word that marks the connections");
    }
  }

  /** Of the connections that migrate. */
  String application() {
    return PREFIX + fitting(LONGEST - PREFIX.length());
  }

  /** Of the connection that holds the lock; it changes nothing, so it is called otherwise. */
  String lock() {
    return LOCK_PREFIX + fitting(LONGEST - LOCK_PREFIX.length());
  }

  /** Two long runs may begin alike, and PostgreSQL shows what is not ASCII otherwise. */
  private String fitting(int room) {
    boolean plain = run.chars().allMatch(sign -> sign > ' ' && sign < 0x7f);
    if (plain && run.length() <= room) {
      return run;
    }
    String begin = run.replaceAll("[^!-~]", "_");
    return begin.substring(0, Math.min(begin.length(), room - OF_THE_HASH - 1))
        + "~"
        + PythonEnvironment.hash(run).substring(0, OF_THE_HASH);
  }
}
