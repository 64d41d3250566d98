package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.effect.FailureType;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.policy.PreviewSettings;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.function.Predicate;

/** The pull request as it was read last, and what follows it from then on. */
final class PullSight {
  private final PreviewReads reads;
  private PullState pull;
  private PullWatch watch;
  private boolean absent;

  PullSight(PreviewReads reads) {
    this.reads = reads;
  }

  /**
   * Takes what is known by now; reads it where nothing follows it.
   *
   * @param worthFollowing whether it is followed from now on
   * @return why it could not be read; empty = it was
   */
  Optional<String> read(PreviewSettings settings, Predicate<PullState> worthFollowing) {
    if (watch != null) {
      pull = watch.latest();
      return Optional.empty();
    }
    try {
      pull = reads.pull(settings.base());
    } catch (ActivityFailure refused) {
      absent =
          refused.getCause() instanceof ApplicationFailure said
              && FailureType.of(said.getType()) == FailureType.NOT_FOUND;
      return Optional.of(Causes.message(refused));
    }
    if (worthFollowing.test(pull)) {
      watch = reads.watch(settings.base(), pull);
      watch.begin();
    }
    return Optional.empty();
  }

  /** Whether GitHub says that there is none, and did not only fail to answer. */
  boolean absent() {
    return absent;
  }

  /** As it was when the preview last looked; null = it was not read yet. */
  PullState pull() {
    return pull;
  }

  /** As it is known at the moment; null = it was not read yet. */
  PullState latest() {
    return watch == null ? pull : watch.latest();
  }

  String head() {
    return latest() == null ? null : latest().head();
  }

  boolean changed() {
    return latest() != null && !latest().equals(pull);
  }

  void look() {
    if (watch != null) {
      watch.look();
    }
  }

  void forget() {
    if (watch != null) {
      watch.end();
      watch = null;
    }
  }
}
