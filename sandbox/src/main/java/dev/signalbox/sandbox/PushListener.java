package dev.signalbox.sandbox;

/** Is told of every change of a branch, by push, by the REST API and by merge. */
@FunctionalInterface
public interface PushListener {
  /**
   * @param oldSha null when the branch is new
   * @param newSha null when the branch is gone
   */
  void pushed(String branch, String oldSha, String newSha);
}
