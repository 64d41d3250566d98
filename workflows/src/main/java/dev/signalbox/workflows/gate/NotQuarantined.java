package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.OrderRights;
import dev.signalbox.workflows.github.ReleaseFacts.Revert;
import dev.signalbox.workflows.release.ReleaseSet.Commit;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The revision did not prove bad here before, nor does it contain a commit that did, unless that
 * was taken back.
 */
record NotQuarantined(String revision, OrderRights rights, List<Quarantined> quarantine)
    implements Gate {
  private static final String NAME = "not-quarantined";

  @Override
  public GateResult judge(Facts facts) {
    Optional<Quarantined> itself =
        quarantine.stream().filter(entry -> entry.revision().equals(revision)).findFirst();
    if (itself.isPresent()) {
      return GateResult.failed(
          NAME, words(itself.get()) + "; " + rights.outOfQuarantine(itself.get()), "requester");
    }
    String ledger = Facts.ledgerOf(rights.environment());
    for (String system : List.of("GitHub", ledger)) {
      if (facts.release() == null || away(system, facts)) {
        return Gates.unread(NAME, system, facts);
      }
    }
    List<Quarantined> bad =
        contained(facts)
            .filter(entry -> !reverted(entry.revision(), facts, new HashSet<>()))
            .toList();
    if (!bad.isEmpty()) {
      return GateResult.failed(
          NAME,
          "contains "
              + bad.stream()
                  .map(entry -> ShortCommit.of(entry.revision()) + ", " + words(entry))
                  .collect(Collectors.joining("; and "))
              + "; "
              + rights.pastQuarantine(bad.get(0)),
          "authors");
    }
    return GateResult.met(
        NAME,
        facts.quarantined().isEmpty()
            ? "not in quarantine"
            : "what was in quarantine is taken back: "
                + facts.quarantined().stream()
                    .map(NotQuarantined::takenBack)
                    .collect(Collectors.joining(", ")));
  }

  private static String words(Quarantined entry) {
    return "quarantined"
        + (entry.person() == null ? "" : " by " + entry.person())
        + ": "
        + entry.reason();
  }

  /** As the look has it, and what people have ordered since. */
  private Stream<Quarantined> contained(Facts facts) {
    List<String> commits = facts.release().everyCommit();
    return Stream.concat(
        facts.quarantined().stream(),
        quarantine.stream()
            .filter(entry -> entry.mended() == null && commits.contains(entry.revision()))
            .filter(entry -> !facts.quarantined().contains(entry)));
  }

  private static String takenBack(Quarantined entry) {
    return ShortCommit.of(entry.revision())
        + (entry.mended() == null
            ? ""
            : " (mended by "
                + ShortCommit.of(entry.mended().commit())
                + ", as "
                + entry.mended().person()
                + " says: "
                + entry.mended().reason()
                + ")");
  }

  private static boolean away(String system, Facts facts) {
    return facts.unavailable().stream().anyMatch(one -> one.system().equals(system));
  }

  /** Whether it was taken back, and its revert was not: a revert of that brings it in again. */
  private static boolean reverted(String commit, Facts facts, Set<String> seen) {
    return seen.add(commit)
        && facts.reverts().stream()
            .filter(revert -> names(commit, facts).anyMatch(name -> isOf(revert, name)))
            .anyMatch(revert -> !reverted(revert.commit(), facts, seen));
  }

  private static boolean isOf(Revert revert, String commit) {
    return commit.startsWith(revert.reverted());
  }

  /** The commit, and the merges by which it came in: who takes one of them back takes it back. */
  private static Stream<String> names(String commit, Facts facts) {
    return Stream.concat(
        Stream.of(commit),
        facts.release().commits().stream()
            .filter(one -> one.parents().size() == 2 && one.parents().get(1).equals(commit))
            .map(Commit::sha));
  }
}
