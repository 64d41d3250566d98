package dev.signalbox.workflows.environment;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What runs by the ledger's record, and the set that a rollback goes back to. */
final class RunningSet {
  private LiveSet live;
  private Mixed mixed;
  private LiveSet former;

  RunningSet(LiveSet live, Mixed mixed, LiveSet former) {
    this.live = live;
    this.mixed = mixed;
    this.former = former;
  }

  /** What runs; null when there is no record of it, or when it is mixed. */
  LiveSet live() {
    return live;
  }

  /** Why nobody can say what runs; null = not so. */
  Mixed mixed() {
    return mixed;
  }

  /** What ran before; null = not known. */
  LiveSet former() {
    return former;
  }

  /** What is live, or was, live and verified, before what runs became mixed. */
  LiveSet lastGood() {
    return mixed == null ? live : mixed.lastGood();
  }

  /**
   * The set that a rollback goes back to: the one before what is live, and when what runs is mixed
   * the last good one; empty when there is none.
   */
  Optional<LiveSet> rollbackTarget(String deployment) {
    if (deployment == null) {
      return Optional.ofNullable(mixed == null ? former : mixed.lastGood());
    }
    return Stream.of(former, lastGood())
        .filter(Objects::nonNull)
        .filter(set -> set.deployments().stream().anyMatch(one -> one.id().equals(deployment)))
        .findFirst();
  }

  /**
   * What a run left behind.
   *
   * @param byHand whether it was a rollback by hand
   */
  void changedBy(RunReport report, boolean byHand) {
    if (report.live() != null) {
      nowLive(report, byHand);
    } else if (report.mixed()) {
      nowMixed(report, byHand);
    }
  }

  private void nowLive(RunReport report, boolean byHand) {
    LiveSet set = report.live();
    // Without a record of our own, what the run found before it touched anything is the former set.
    LiveSet before = lastGoodOrFoundBy(report);
    if (byHand) {
      // What was taken back is no set to go back to: a second rollback must not go forward again.
      // Unless it put right what was mixed, or did again what runs: then nothing good was taken
      // back.
      boolean tookBack = !sameRevision(lastGood(), set);
      former = tookBack ? null : former;
    } else if (before != null && !sameRevision(before, set)) {
      former = before;
    }
    live = set;
    mixed = null;
  }

  private void nowMixed(RunReport report, boolean byHand) {
    LiveSet lastGood = lastGoodOrFoundBy(report);
    // Who goes back by hand has judged the present set: the one to go back to stays the other one.
    if (byHand && former != null && former.revision().equals(report.revision())) {
      lastGood = former;
      former = null;
    }
    mixed = new Mixed(lastGood, report.workflowId(), Ledger.clip(report.detail()), report.at());
    live = null;
  }

  private LiveSet lastGoodOrFoundBy(RunReport report) {
    return lastGood() == null ? report.former() : lastGood();
  }

  private static boolean sameRevision(LiveSet one, LiveSet other) {
    return one != null && Objects.equals(one.revision(), other.revision());
  }
}
