package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.ReleaseSet;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an approval covered and is no longer so, line by line. */
record Change(List<String> lines, boolean voidsApproval) {
  /** A gate is open no more; what was approved is still the same. */
  static Change waitingAgain(GateResult gate) {
    return new Change(List.of("gate " + gate.name() + " waits again: " + gate.evidence()), false);
  }

  static Change between(ReleaseSet then, Pipeline policyThen, ReleaseSet now, Pipeline policyNow) {
    List<String> lines = new ArrayList<>();
    compare(lines, "live revision", then.base(), now.base());
    compare(lines, "what runs", runs(then), runs(now));
    compare(lines, "head of the target branch", then.targetHead(), now.targetHead());
    compare(lines, "what is not deployed", skipped(then), skipped(now));
    compare(lines, "what is migrated", migrated(then), migrated(now));
    database(lines, then, now);
    lines.addAll(differences(PolicyKeys.of(policyThen), PolicyKeys.of(policyNow)));
    return new Change(List.copyOf(lines), true);
  }

  boolean none() {
    return lines.isEmpty();
  }

  String sentence() {
    return String.join("; ", lines);
  }

  private static void compare(List<String> lines, String what, String then, String now) {
    if (!Objects.equals(then, now)) {
      lines.add(what + " was " + word(then) + ", is " + word(now));
    }
  }

  /** Of what is there by its key then and now. */
  static List<String> differences(Map<String, String> then, Map<String, String> now) {
    Map<String, String> keys = new TreeMap<>(then);
    keys.putAll(now);
    List<String> lines = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (String key : keys.keySet()) {
      // Of a person who came or went the name says it all.
      if (told.stream().noneMatch(whole -> key.startsWith(whole + "."))) {
        compare(lines, key, then.get(key), now.get(key));
        if (!Objects.equals(then.get(key), now.get(key))) {
          told.add(key);
        }
      }
    }
    return lines;
  }

  private static String runs(ReleaseSet release) {
    return release.mixed() ? "mixed" : "one verified set";
  }

  /** Named by their files' hashes, too: the same name may be another file by now. */
  private static String migrated(ReleaseSet release) {
    return release.schema() == null
        ? null
        : release.schema().all().stream()
            .map(
                revision -> revision.revision() + " (file " + ShortCommit.of(revision.hash()) + ")")
            .collect(Collectors.joining(", "));
  }

  private static void database(List<String> lines, ReleaseSet then, ReleaseSet now) {
    if (then.schema() != null && now.schema() != null && now.schema().identity() != null) {
      now.schema().identity().differsFrom(then.schema().identity()).ifPresent(lines::add);
    }
  }

  private static String skipped(ReleaseSet release) {
    return release.skipped().isEmpty() ? null : String.join(", ", release.skipped());
  }

  private static String word(String value) {
    return value == null ? "absent" : value;
  }
}
