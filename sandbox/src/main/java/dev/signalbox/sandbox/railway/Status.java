package dev.signalbox.sandbox.railway;

/** Deployment states of Railway's schema that the sandbox reaches. */
public enum Status {
  WAITING,
  QUEUED,
  INITIALIZING,
  BUILDING,
  DEPLOYING,
  SUCCESS,
  FAILED,
  CRASHED,
  SKIPPED,
  REMOVED;

  boolean inProgress() {
    return compareTo(SUCCESS) < 0;
  }
}
