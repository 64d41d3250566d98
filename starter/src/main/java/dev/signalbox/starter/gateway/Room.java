package dev.signalbox.starter.gateway;

import java.util.concurrent.atomic.AtomicLong;

/** Memory for what is being received, all senders together. */
final class Room {
  private final long whole;
  private final AtomicLong taken = new AtomicLong();

  Room(long bytes) {
    this.whole = bytes;
  }

  /** Whether there is room for so many more bytes; they are taken then. */
  boolean take(int bytes) {
    if (taken.addAndGet(bytes) > whole) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
