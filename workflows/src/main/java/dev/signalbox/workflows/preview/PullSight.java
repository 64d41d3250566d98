package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.policy.PreviewSettings;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The pull request as it was read last, and what follows it from then on. */
final class PullSight {
  /** Who has only to be asked has time. */
  private static final Duration UNFOLLOWED = Duration.ofHours(6);

  /** What GitHub does not tell now it may tell then. */
  private static final Duration UNREAD_PAUSE = Duration.ofMinutes(10);

  /** The same where it gave no answer at all, and may be slow for a while only. */
  private static final Duration UNANSWERED_PAUSE = Duration.ofMinutes(1);

  private static final int SHORT_PAUSES = 5;

  private final PreviewReads reads;
  private PullState pull;
  private PullWatch watch;
  private boolean absent;
  private boolean unanswered;
  private boolean news;
  private int looks;

  PullSight(PreviewReads reads) {
    this.reads = reads;
  }

  /**
   * Takes what is known by now; reads it where nothing follows it. What is there stays there while
   * GitHub does not say how its pull request stands, and what is not there waits while GitHub gives
   * no answer: it is read again until it does.
   *
   * @param worthFollowing whether it is followed from now on
   * @param there whether anything is
   * @param orders whoever wants something meanwhile is answered
   * @return why it could not be read; empty = it was
   */
  Optional<String> read(
      PreviewSettings settings,
      Predicate<PullState> worthFollowing,
      Supplier<Boolean> there,
      PreviewOrders orders) {
    Optional<String> unread = read(settings, worthFollowing);
    int before = 0;
    while (unread.isPresent() && !absent && !orders.destroying() && (there.get() || readsAgain())) {
      orders.answerWanted(Outcome.REFUSED, null, unread.get());
      Workflow.await(
          !there.get() && before < SHORT_PAUSES ? UNANSWERED_PAUSE : UNREAD_PAUSE,
          () -> orders.destroying() || orders.anyWanted());
      before++;
      unread = read(settings, worthFollowing);
    }
    return unread;
  }

  private boolean readsAgain() {
    return unanswered
        && Workflow.getVersion("read again what got no answer", Workflow.DEFAULT_VERSION, 1)
            != Workflow.DEFAULT_VERSION;
  }

  private Optional<String> read(PreviewSettings settings, Predicate<PullState> worthFollowing) {
    boolean told = news;
    news = false;
    if (watch != null) {
      if (told) {
        watch.look();
      }
      pull = watch.latest();
      return Optional.empty();
    }
    try {
      pull = reads.pull(settings.base());
    } catch (ActivityFailure refused) {
      absent =
          refused.getCause() instanceof ApplicationFailure said
              && FailureType.of(said.getType()) == FailureType.NOT_FOUND;
      unanswered =
          !(refused.getCause() instanceof ApplicationFailure said && said.isNonRetryable());
      return Optional.of(Causes.message(refused));
    }
    if (worthFollowing.test(pull)) {
      follow(settings);
    }
    return Optional.empty();
  }

  /** From now on it is known how it stands. */
  void follow(PreviewSettings settings) {
    if (watch == null) {
      watch = reads.watch(settings.base(), pull);
      watch.begin();
    }
  }

  /** Until there is news; one that is not followed is looked at again after a time. */
  void await(Supplier<Boolean> told) {
    if (watch == null) {
      Workflow.await(UNFOLLOWED, told);
    } else {
      Workflow.await(told);
    }
  }

  /** As it was when the preview last looked; null = it was not read yet. */
  PullState pull() {
    return pull;
  }

  /** Whether it was closed or merged when the preview last looked. */
  boolean closed() {
    return pull != null && !pull.open();
  }

  /** As it is known at the moment; null = it was not read yet. */
  PullState latest() {
    return watch == null ? pull : watch.latest();
  }

  String head() {
    return latest() == null ? null : latest().head();
  }

  boolean changed() {
    return news || (latest() != null && !latest().equals(pull));
  }

  /** How often it was told to look. */
  int looks() {
    return looks;
  }

  void look() {
    looks++;
    if (watch != null) {
      watch.look();
    } else {
      news = true;
    }
  }

  void forget() {
    if (watch != null) {
      watch.end();
      watch = null;
    }
  }
}
