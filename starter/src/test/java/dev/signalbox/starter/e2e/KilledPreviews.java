package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults.Rule;
import dev.signalbox.sandbox.Target;
import dev.signalbox.workflows.preview.PreviewOrder.Kind;
import dev.signalbox.workflows.preview.PreviewStatus.Stage;
import java.util.List;
import java.util.Map;

/**
 * Three previews of one house, killed when the one is made, the next updated, the third removed.
 */
final class KilledPreviews {
  private static final String UPDATED = "updated-pull";
  private static final String MADE = "made-pull";

  private final House house;
  private final PullRequests pulls;
  private final int updated;
  private final int removed;
  private int made;

  /** Two of them begin to be made. */
  KilledPreviews(House house) {
    this.house = house;
    this.pulls = new PullRequests(house);
    this.updated = pulls.open(UPDATED);
    this.removed = pulls.open("removed-pull");
    pulls.order(updated, Kind.CREATE);
    pulls.order(removed, Kind.CREATE);
  }

  void areReady() {
    pulls.await(updated, Stage.READY, pulls.head(UPDATED));
    pulls.await(removed, Stage.READY, null);
  }

  /** What was sent has been done when the worker dies, and nobody has heard of it. */
  void bringToTheirPoints() {
    Target there = Target.NONE.withEnvironment(PullRequests.name(updated));
    hold(Rule.of(House.DEPLOY, Fault.HANG).on(there));
    hold(Rule.of("deployments", Fault.HANG).on(there).after(1).times(4));
    hold(Rule.of(PullRequests.DELETE, Fault.HANG));
    hold(Rule.of(PullRequests.CREATE, Fault.HANG));
    pulls.push(UPDATED);
    pulls.order(updated, Kind.CREATE);
    pulls.order(removed, Kind.DESTROY);
    made = pulls.open(MADE);
    pulls.order(made, Kind.CREATE);
    house.awaitCall(
        entry ->
            entry.operation().equals(House.DEPLOY)
                && entry.fault() != null
                && there.environment().equals(entry.target().environment()));
    awaitHung(PullRequests.DELETE);
    awaitHung(PullRequests.CREATE);
  }

  private void awaitHung(String operation) {
    house.awaitCall(entry -> entry.operation().equals(operation) && entry.fault() != null);
  }

  private void hold(Rule rule) {
    house.sandbox().faults().add(rule);
  }

  void areAsTheirPullRequestsSayByOneEffectEach() {
    pulls.await(made, Stage.READY, pulls.head(MADE));
    pulls.await(updated, Stage.READY, pulls.head(UPDATED));
    pulls.await(removed, Stage.GONE, null);

    assertThat(pulls.environments())
        .containsExactlyInAnyOrder(PullRequests.name(made), PullRequests.name(updated));
    assertThat(house.effects(PullRequests.CREATE)).hasSize(3);
    assertThat(house.effects(PullRequests.DELETE)).hasSize(1);
    assertThat(house.effectsByService(House.DEPLOY, PullRequests.name(made)))
        .isEqualTo(Map.of("backend", 1L, "frontend", 1L));
    assertThat(house.effectsByService(House.DEPLOY, PullRequests.name(updated)))
        .isEqualTo(Map.of("backend", 2L, "frontend", 2L));
    for (int number : List.of(made, updated, removed)) {
      assertThat(pulls.comments(number)).as("comments on #%d", number).isEqualTo(1);
    }
    assertThat(house.client().previews().sweep("bob").deeds()).isEmpty();
  }
}
