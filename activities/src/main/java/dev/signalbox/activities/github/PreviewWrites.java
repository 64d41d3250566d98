package dev.signalbox.activities.github;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.pace.Allowance;
import dev.signalbox.activities.pace.Allowance.Window;
import dev.signalbox.workflows.github.GitHubActivities.StatusState;
import dev.signalbox.workflows.github.PullActivities.PreviewNotice;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the previews of this worker may ask of GitHub, so that a hundred of them at once stay below
 * its secondary limits, and a release and its rescue find room beside them. Those are never held
 * up.
 *
 * @see <a
 *     href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits">About
 *     secondary rate limits</a>
 */
final class PreviewWrites {
  /** GitHub allows 80 writes of content in a minute and 500 in an hour. */
  private static final List<Window> WINDOWS =
      List.of(new Window(Duration.ofMinutes(1), 50), new Window(Duration.ofHours(1), 400));

  /** Of the 900 points of a minute, of which 50 writes take 250. Polls get half of it. */
  private static final List<Window> READS = List.of(new Window(Duration.ofMinutes(1), 400));

  /** Of the 100 that GitHub bears, among which those count that nobody waits for any more. */
  private static final int AT_ONCE = 15;

  /** Of one word: less than half of what a minute allows. */
  private static final int MOST = 20;

  private static final Duration LONGEST_LINE = Duration.ofSeconds(2);

  private static final int SCATTERED_SECONDS = 10;

  private final Allowance allowance;
  private final Allowance reads;
  private final Semaphore calls = new Semaphore(AT_ONCE);
  private final BooleanSupplier hasTime;

  /**
   * @param hasTime whether who calls may stand in line; else the time that it has for GitHub's
   *     answer would go by there, and GitHub seem silent
   */
  PreviewWrites(Clock clock, BooleanSupplier hasTime) {
    this.hasTime = hasTime;
    this.allowance = new Allowance(clock, WINDOWS);
    this.reads = new Allowance(clock, READS);
  }

  /**
   * Says it now, later, or, where another word soon follows, perhaps never.
   *
   * @throws ApiException {@code RATE_LIMITED}, with the time of its turn
   */
  void say(PreviewNotice notice, Runnable telling) {
    int writes = writes(notice);
    if (notice.passing() && !allowance.spares(writes)) {
      return;
    }
    if (!notice.passing()) {
      Duration wait = allowance.ask(notice.preview(), writes);
      if (!wait.isZero()) {
        throw ApiException.later(
            "the word about " + notice.environment() + " waits for its turn at GitHub", wait);
      }
    }
    among(
        () -> {
          telling.run();
          return null;
        });
  }

  /**
   * A read in its turn, unless GitHub wants to be left alone.
   *
   * @param what is read
   * @throws ApiException {@code RATE_LIMITED} then, and where many are read
   */
  <T> T read(String what, Supplier<T> read) {
    Duration wait = reads.ask(what, 1);
    if (!wait.isZero()) {
      throw ApiException.later("the look at " + what + " waits for its turn at GitHub", wait);
    }
    return unlessShut(read);
  }

  /**
   * A read that may as well be left out, where others need what GitHub bears; empty = it was.
   *
   * @throws ApiException {@code RATE_LIMITED} where GitHub wants to be left alone
   */
  <T> Optional<T> poll(Supplier<T> read) {
    return reads.spares(1) ? Optional.of(unlessShut(read)) : Optional.empty();
  }

  private <T> T unlessShut(Supplier<T> read) {
    Duration shut = allowance.shut();
    if (!shut.isZero()) {
      throw ApiException.later("GitHub wants to be left alone for a while", shut.plus(scattered()));
    }
    return among(read);
  }

  private <T> T among(Supplier<T> calling) {
    if (!taken()) {
      throw ApiException.later("many previews speak to GitHub at once", scattered());
    }
    try {
      return calling.get();
    } catch (ApiException refusal) {
      if (refusal.is(Kind.RATE_LIMITED)) {
        refusal.delay().ifPresent(allowance::shut);
      }
      throw refusal;
    } finally {
      calls.release();
    }
  }

  /** So that those who have to come again do not come all at once. */
  private static Duration scattered() {
    return Duration.ofSeconds(1)
        .plusMillis(ThreadLocalRandom.current().nextLong(SCATTERED_SECONDS * 1000L));
  }

  private boolean taken() {
    try {
      return calls.tryAcquire()
          || (hasTime.getAsBoolean()
              && calls.tryAcquire(LONGEST_LINE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** As many as it may come to: the comment, the commit's status, a deployment and its state. */
  private static int writes(PreviewNotice notice) {
    boolean ofACommit = notice.sha() != null && notice.state() != null;
    int ofCommit = !ofACommit ? 0 : notice.state() == StatusState.INACTIVE ? 2 : 3;
    int former = notice.former() == null ? 0 : 2;
    return Math.min(MOST, 1 + ofCommit + former + notice.remarks().size());
  }
}
