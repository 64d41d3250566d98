package dev.signalbox.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.temporal.api.taskqueue.v1.PollerInfo;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerPollsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String QUEUE = "signalbox/inspector/workflows";

  @Test
  void namesTheQueueThatNobodyPolls() {
    WorkerPolls polls = new WorkerPolls(QUEUE, List.of());

    assertThat(polls.words(NOW)).isEqualTo(": nobody polls signalbox/inspector/workflows");
    assertThat(polls.goOn(NOW)).isFalse();
  }

  @Test
  void saysWhenAWorkerThatIsGonePolledLast() {
    WorkerPolls polls = new WorkerPolls(QUEUE, List.of(poll("7@old", 200), poll("8@new", 90)));

    assertThat(polls.words(NOW))
        .isEqualTo(
            ": nobody polls signalbox/inspector/workflows any more; 8@new polled it 1m30s ago");
    assertThat(polls.goOn(NOW)).isFalse();
  }

  @Test
  void doesNotCallAWorkerGoneWhosePollMayStillWait() {
    WorkerPolls polls = new WorkerPolls(QUEUE, List.of(poll("8@new", 60), poll("7@old", 200)));

    assertThat(polls.words(NOW))
        .isEqualTo(", though 8@new polled signalbox/inspector/workflows 1m ago");
    assertThat(polls.goOn(NOW)).isTrue();
  }

  private static PollerInfo poll(String identity, int secondsAgo) {
    return PollerInfo.newBuilder()
        .setIdentity(identity)
        .setLastAccessTime(
            Timestamp.newBuilder().setSeconds(NOW.minusSeconds(secondsAgo).getEpochSecond()))
        .build();
  }
}
