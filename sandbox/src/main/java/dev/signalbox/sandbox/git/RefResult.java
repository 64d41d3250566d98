package dev.signalbox.sandbox.git;

/** How an attempt to move a ref ended. Only {@link #DONE} changed anything. */
public enum RefResult {
  DONE,
  /** The ref already points there. */
  UNCHANGED,
  ALREADY_EXISTS,
  NO_SUCH_REF,
  NO_SUCH_OBJECT,
  INVALID_NAME,
  NOT_FAST_FORWARD
}
