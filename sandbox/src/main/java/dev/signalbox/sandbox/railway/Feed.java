package dev.signalbox.sandbox.railway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A stream of what happens: told in order, on a thread of its own, so that who tells is never held
 * up. It ends when its one subscriber goes; what is asked for is not counted, for a client of the
 * sandbox reads all.
 */
final class Feed implements Publisher<Object> {
  private final Executor executor;
  private final Function<Consumer<Object>, Runnable> begin;
  private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
  private Runnable end = () -> {};
  private boolean ended;

  /**
   * @param begin starts telling, and gives what ends that
   */
  Feed(Executor executor, Function<Consumer<Object>, Runnable> begin) {
    this.executor = executor;
    this.begin = begin;
  }

  @Override
  public void subscribe(Subscriber<? super Object> subscriber) {
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {
            stop();
          }
        });
    Runnable stopping = begin.apply(item -> tell(subscriber, item));
    synchronized (this) {
      if (!ended) {
        end = stopping;
        return;
      }
    }
    stopping.run();
  }

  private synchronized void tell(Subscriber<? super Object> subscriber, Object item) {
    if (!ended) {
      told = told.thenRunAsync(() -> subscriber.onNext(item), executor);
    }
  }

  private void stop() {
    Runnable last;
    synchronized (this) {
      ended = true;
      last = end;
      end = () -> {};
    }
    last.run();
  }
}
