package dev.signalbox.starter.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway has running beside its server. It ends with it, or when it could not be opened.
 */
final class GatewayWork implements AutoCloseable {
  private static final int MOST_WAITING = 200;

  private static final ThreadFactory DAEMONS =
      task -> {
        Thread thread = new Thread(task, "gateway-work");
        thread.setDaemon(true);
        return thread;
      };

  private static final Logger log = LoggerFactory.getLogger(GatewayWork.class);

  private final Deque<Runnable> ends = new ArrayDeque<>();

  /** Does things at their time. */
  ScheduledExecutorService clock() {
    ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, DAEMONS);
    closing(clock::shutdownNow);
    return clock;
  }

  /** Threads of one door, which wait for others so that the server's need not. */
  ExecutorService hands(int threads) {
    ExecutorService hands =
        new ThreadPoolExecutor(
            threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), DAEMONS);
    closing(hands::shutdownNow);
    return hands;
  }

  /** Ends with the rest; what came last ends first. */
  synchronized void closing(Runnable end) {
    ends.push(end);
  }

  @Override
  public synchronized void close() {
    while (!ends.isEmpty()) {
      try {
        ends.pop().run();
      } catch (RuntimeException failure) {
        log.warn("not ended well: {}", failure.toString());
      }
    }
  }
}
