package dev.signalbox.sandbox.git;

import dev.signalbox.sandbox.PushListener;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repository's lock, and the news that wait for its release.
 *
 * <p>Listeners run outside the lock, because they take locks of their own; a second lock keeps the
 * news in order when two threads release shortly after one another.
 */
final class PushQueue {

  private record News(String branch, String before, String after) {}

  private static final Logger log = LoggerFactory.getLogger(PushQueue.class);

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
    if (telling.isHeldByCurrentThread()) {
      // A listener pushed. Its news come after these, for every listener; the loop below sees them.
      return;
    }
    telling.lock();
    try {
      for (News news = next(); news != null; news = next()) {
        for (PushListener listener : listeners) {
          tell(listener, news);
        }
      }
    } finally {
      telling.unlock();
    }
  }

  /** A listener that fails must not undo a push that has happened, nor keep others from it. */
  private static void tell(PushListener listener, News news) {
    try {
      listener.pushed(news.branch(), news.before(), news.after());
    } catch (RuntimeException problem) {
      log.error("a listener failed on the push to branch={}", news.branch(), problem);
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
