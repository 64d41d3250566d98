package dev.signalbox.sandbox.git;

import dev.signalbox.sandbox.PushListener;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The repository's lock, and the news that wait for its release.
 *
 * <p>Listeners run outside the lock, because they take locks of their own; a second lock keeps the
 * news in order when two threads release shortly after one another.
 */
final class PushQueue {

  private record News(String branch, String before, String after) {}

  private final List<PushListener> listeners = new CopyOnWriteArrayList<>();
  private final Queue<News> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock telling = new ReentrantLock();

  void add(PushListener listener) {
    listeners.add(listener);
  }

  void note(String branch, String before, String after) {
    lock.lock();
    try {
      waiting.add(new News(branch, before, after));
    } finally {
      lock.unlock();
    }
  }

  <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
      if (!lock.isHeldByCurrentThread()) {
        tell();
      }
    }
  }

  private void tell() {
    telling.lock();
    try {
      for (News news = next(); news != null; news = next()) {
        for (PushListener listener : listeners) {
          listener.pushed(news.branch(), news.before(), news.after());
        }
      }
    } finally {
      telling.unlock();
    }
  }

  private News next() {
    lock.lock();
    try {
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }
}
