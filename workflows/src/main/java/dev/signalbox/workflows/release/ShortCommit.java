package dev.signalbox.workflows.release;

/** A commit as people name it: its first seven digits. Pure. */
public final class ShortCommit {
  private static final int DIGITS = 7;

  private ShortCommit() {}

  /**
   * The begin of a commit.
   *
   * @param sha a shorter one stays as it is
   */
  public static String of(String sha) {
    return sha.length() <= DIGITS ? sha : sha.substring(0, DIGITS);
  }

  /**
   * The begin of a commit that may not be known.
   *
   * @param unknown what is said where there is none
   */
  public static String of(String sha, String unknown) {
    return sha == null ? unknown : of(sha);
  }
}
