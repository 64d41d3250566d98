package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.migration.SchemaRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What runs by the ledger's record, and the set that a rollback goes back to. */
final class RunningSet {
  private static final int MOST_TARGETS = 5;

  private LiveSet live;
  private Mixed mixed;
  private LiveSet former;
  private final List<LiveSet> earlier;
  private ReleasedAs released;

  RunningSet(LedgerState state) {
    this.live = state.live();
    this.mixed = state.mixed();
    this.former = state.formerLive();
    this.earlier = new ArrayList<>(state.earlier());
    this.released = state.released();
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

  /** What ran before {@link #former}, newest first. */
  List<LiveSet> earlier() {
    return List.copyOf(earlier);
  }

  /** By which rules the last release went live, whatever came after it; null = not known. */
  ReleasedAs released() {
    return released;
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
    return Stream.concat(Stream.of(former, lastGood()), earlier.stream())
        .filter(Objects::nonNull)
        .filter(set -> set.deployments().stream().anyMatch(one -> one.id().equals(deployment)))
        .findFirst();
  }

  /** The sets that a rollback may go back to, the one before what is live first. */
  List<LiveSet> targets() {
    return Stream.concat(
            Stream.of(mixed == null ? null : mixed.lastGood(), former), earlier.stream())
        .filter(Objects::nonNull)
        .filter(set -> !set.deployments().isEmpty())
        .limit(MOST_TARGETS)
        .toList();
  }

  /**
   * What a run left behind.
   *
   * @param byHand whether it was a rollback by hand
   */
  void changedBy(RunReport report, boolean byHand) {
    released = report.released() == null ? released : report.released();
    if (report.live() != null) {
      nowLive(report, byHand);
    } else if (report.mixed()) {
      nowMixed(report, byHand);
    }
    if (report.schema() == null) {
      return;
    }
    if (report.schema().contract() != null) {
      breakFormer(report.schema().contract(), report.live() == null);
    }
    if (!report.schema().undone().isEmpty()) {
      changeAll(set -> set.mended(report.schema().undone()), true);
    }
    if (report.schema().restored() != null) {
      broughtBack(report.schema(), report.live() == null);
    } else {
      changeAll(
          set ->
              set.brokenByABackup() && set.schema().equals(report.schema().at())
                  ? set.nowBrokenBy(null)
                  : set,
          report.live() == null);
    }
  }

  /**
   * Code bears the schema that a backup brought back if it was live there. What came before such
   * code bears it too, unless a revision in between keeps it from that; what came after may need
   * what is gone.
   */
  private void broughtBack(SchemaRecord record, boolean presentToo) {
    String away = LiveSet.broughtBackTo(record.restored());
    List<LiveSet> newestFirst =
        Stream.concat(Stream.of(lastGood(), former), earlier.stream())
            .filter(Objects::nonNull)
            .toList();
    Optional<LiveSet> there =
        newestFirst.stream()
            .skip(presentToo ? 0 : 1)
            .filter(set -> set.schema().equals(record.at()))
            .findFirst();
    Set<LiveSet> before =
        there
            .map(set -> newestFirst.subList(newestFirst.indexOf(set), newestFirst.size()))
            .<Set<LiveSet>>map(HashSet::new)
            .orElseGet(HashSet::new);
    String since = there.map(LiveSet::brokenBy).orElse(null);
    changeAll(
        set -> {
          if (set.schema().equals(record.at())
              || (before.contains(set) && Objects.equals(set.brokenBy(), since))) {
            return set.nowBrokenBy(null);
          }
          return before.contains(set) || set.schema().isEmpty() ? set : set.nowBrokenBy(away);
        },
        presentToo);
  }

  private void changeAll(UnaryOperator<LiveSet> change, boolean presentToo) {
    former = former == null ? null : change.apply(former);
    earlier.replaceAll(change);
    if (mixed != null && mixed.lastGood() != null) {
      mixed = new Mixed(change.apply(mixed.lastGood()), mixed.by(), mixed.detail(), mixed.since());
    }
    if (presentToo && live != null) {
      live = change.apply(live);
    }
  }

  /**
   * No code that was live before a contract revision can be put back on the schema after it.
   *
   * @param presentToo whether what is live is such code, because nothing new was made live
   */
  private void breakFormer(String contract, boolean presentToo) {
    changeAll(set -> set.brokenBy(contract), presentToo);
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
      if (tookBack) {
        forgetUntil(set);
      }
    } else if (before != null && !sameRevision(before, set)) {
      remember(former);
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
      forgetUntil(former);
    }
    mixed = new Mixed(lastGood, report.workflowId(), Ledger.clip(report.detail()), report.at());
    live = null;
  }

  private void remember(LiveSet set) {
    if (set == null) {
      return;
    }
    earlier.removeIf(known -> sameRevision(known, set));
    earlier.add(0, set);
    while (earlier.size() >= MOST_TARGETS) {
      earlier.remove(earlier.size() - 1);
    }
  }

  /** The sets younger than this one, and itself, are behind us: what came before it is next. */
  private void forgetUntil(LiveSet set) {
    List<LiveSet> known = new ArrayList<>();
    Stream.ofNullable(former).forEach(known::add);
    known.addAll(earlier);
    int at = 0;
    while (at < known.size() && !sameRevision(known.get(at), set)) {
      at++;
    }
    List<LiveSet> older = at < known.size() ? known.subList(at + 1, known.size()) : List.of();
    former = older.isEmpty() ? null : older.get(0);
    List<LiveSet> rest = older.isEmpty() ? List.of() : List.copyOf(older.subList(1, older.size()));
    earlier.clear();
    earlier.addAll(rest);
  }

  private LiveSet lastGoodOrFoundBy(RunReport report) {
    return lastGood() == null ? report.former() : lastGood();
  }

  private static boolean sameRevision(LiveSet one, LiveSet other) {
    return one != null && Objects.equals(one.revision(), other.revision());
  }
}
