package dev.signalbox.workflows.hint;

/**
 * Something happened outside that this workflow may want to look at.
 *
 * @param door who tells: {@code github}, {@code railway}, {@code worker}
 * @param delivery the sender's id of this piece of news, the same when it is sent again
 * @param event what the sender calls it: {@code check_run}, {@code push}
 * @param ref the Git reference that it is about, {@code refs/heads/main}, or {@code policy} = the
 *     file; null = none
 */
public record Hint(String door, String delivery, String event, String ref) {
  private static final String WORKER = "worker";
  private static final String POLICY = "policy";

  /**
   * A worker's word that {@code signalbox.toml} may say something else. A ledger looks at what a
   * hint refers to, so the file stands there as a reference does.
   *
   * @param delivery an id of this piece of news
   */
  public static Hint ofPolicy(String delivery) {
    return new Hint(WORKER, delivery, POLICY, POLICY);
  }

  public boolean aboutPolicy() {
    return POLICY.equals(event) && WORKER.equals(door);
  }
}
