package dev.signalbox.activities.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final Waiting calledOff =
      new Waiting(
          new FastPace(),
          () -> {
            throw new CancellationException("called off");
          });

  @Test
  void waitsUntilWhatIsCalledOffHasClearedAway() {
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicBoolean cleared = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                calledOff.answer(
                    () -> {
                      awaitUninterruptibly(stopped);
                      cleared.set(true);
                      return "nobody waits for this";
                    },
                    stopped::countDown))
        .hasMessage("called off");

    assertThat(cleared).isTrue();
  }

  @Test
  void stopsNothingThatHasEndedByItself() {
    AtomicBoolean stopped = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                calledOff.answer(
                    () -> {
                      throw new IllegalStateException("it failed");
                    },
                    () -> stopped.set(true)))
        .hasMessage("it failed");

    assertThat(stopped).isFalse();
  }

  // The thread of the call is interrupted as well; what it does at its end must not hang on that.
  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        done = latch.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException again) {
        done = false;
      }
    }
  }
}
