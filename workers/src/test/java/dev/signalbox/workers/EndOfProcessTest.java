package dev.signalbox.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndOfProcessTest {
  private final CountDownLatch heard = new CountDownLatch(1);

  @Test
  void isHeardOfThoughItWasKilled() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    EndOfProcess.then(other.pid(), heard::countDown);
    assertThat(heard.getCount()).as("it runs").isEqualTo(1);

    other.destroyForcibly();

    assertThat(heard.await(2, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void isHeardOfAfterwardsToo() throws Exception {
    Process other = new ProcessBuilder("true").start();
    other.waitFor();

    EndOfProcess.then(other.pid(), heard::countDown);

    assertThat(heard.await(2, TimeUnit.MINUTES)).isTrue();
  }
}
