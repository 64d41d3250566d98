package dev.signalbox.workflows.environment;

import java.util.ArrayList;
import java.util.List;

/** The newest merge commits that promotions made here. */
final class RecordedMerges {
  private static final int MOST = 500;

  private final List<RecordedMerge> merges;

  RecordedMerges(List<RecordedMerge> merges) {
    this.merges = new ArrayList<>(merges);
  }

  void add(RecordedMerge merge) {
    merges.remove(merge);
    merges.add(merge);
    Ledger.trim(merges, MOST);
  }

  /** Those that know this commit by one of its names, oldest first. */
  List<RecordedMerge> of(String commit) {
    return merges.stream()
        .filter(one -> one.revision().equals(commit) || one.mergeCommit().equals(commit))
        .toList();
  }

  String revisionBehind(String commit) {
    return RecordedMerge.revisionBehind(commit, merges);
  }

  List<RecordedMerge> all() {
    return List.copyOf(merges);
  }
}
