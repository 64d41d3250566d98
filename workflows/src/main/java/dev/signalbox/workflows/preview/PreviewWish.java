package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.github.PullActivities.PullState;
import dev.signalbox.workflows.policy.PreviewSettings;
import io.temporal.failure.ActivityFailure;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether there is to be a preview, by the file, the pull request, and what people want. */
final class PreviewWish {
  private final PreviewReads reads;
  private final PullSight sight;
  private final ForkGate forks;
  private final PreviewOrders orders;
  private final Supplier<PreviewState> state;
  private PreviewSettings settings;

  /**
   * @param state of the preview at the moment
   */
  PreviewWish(
      PreviewReads reads,
      PullSight sight,
      ForkGate forks,
      PreviewOrders orders,
      Supplier<PreviewState> state) {
    this.reads = reads;
    this.sight = sight;
    this.forks = forks;
    this.orders = orders;
    this.state = state;
  }

  /** As the file was read last; null = it was not read yet. */
  PreviewSettings settings() {
    return settings;
  }

  /** Whether the file has any previews. */
  boolean configured() {
    return settings != null && settings.previews() != null;
  }

  /** Why the file wants none; empty = it may want one. */
  Optional<String> readSettings() {
    try {
      settings = reads.settings(settings);
    } catch (ActivityFailure faulty) {
      return Optional.of(Causes.message(faulty));
    }
    return configured() ? Optional.empty() : Optional.of("signalbox.toml has no [previews]");
  }

  /** Why the pull request could not be read; empty = it was. */
  Optional<String> readPull() {
    return sight.read(
        settings,
        seen ->
            !orders.destroying()
                && objection(seen).isEmpty()
                && forks.commit(settings, seen) != null,
        () -> state.get().environmentId() != null,
        orders);
  }

  /** Why the pull request is to have none; empty = it is to have one. */
  Optional<String> objection() {
    return objection(sight.pull());
  }

  private Optional<String> objection(PullState seen) {
    return PreviewRules.objection(
        settings, seen, state.get().requester() != null, state.get().environmentId() != null);
  }

  /** Whether it was opened again while it was taken away. */
  boolean again() {
    return readPull().isEmpty() && objection().isEmpty();
  }

  /** Whether it is to go, as far as is known at the moment. */
  boolean unwanted() {
    return orders.destroying() || objection(sight.latest()).isPresent();
  }

  /** Whether a newer commit is there, the environment is gone, or it is wanted no more. */
  boolean superseded(String head) {
    return unwanted()
        || orders.lost(state.get().environmentId())
        || !head.equals(forks.commit(settings, sight.latest()));
  }

  /** Why it is not ours to remove; empty = it is. */
  Optional<String> keptByRailway() {
    return PreviewRules.keptByRailway(settings, sight.pull());
  }
}
