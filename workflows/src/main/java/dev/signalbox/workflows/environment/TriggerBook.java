package dev.signalbox.workflows.environment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The triggers' page of the ledger. */
final class TriggerBook {
  private static final int MOST_NOTES = 5;
  private static final int MOST_SEEN = 20;

  private final List<TriggerNote> notes;
  private final Map<String, String> seen;
  private final Set<String> swept;
  private final Map<String, String> heads = new HashMap<>();
  private Instant opens;

  /**
   * @param memory null = nothing
   */
  TriggerBook(TriggerMemory memory) {
    TriggerMemory known = memory == null ? TriggerMemory.NONE : memory;
    notes = new ArrayList<>(known.notes());
    seen = new LinkedHashMap<>(known.seen());
    opens = known.opens();
    swept = new LinkedHashSet<>(known.swept());
  }

  void note(TriggerNote note) {
    notes.add(note);
    Ledger.trim(notes, MOST_NOTES);
  }

  /** The commit that the newest trigger found on this branch; empty = there was none. */
  Optional<String> seen(String ref) {
    return Optional.ofNullable(seen.get(ref));
  }

  /** Whether no delivery has told of what is seen on this branch. */
  boolean onlySwept(String ref) {
    return swept.contains(ref);
  }

  /** What stands at this branch, by the newest look; known until the page is turned. */
  void stands(String ref, String revision) {
    heads.put(ref, revision);
  }

  boolean standsAt(String branch, String revision) {
    return revision != null && revision.equals(heads.get("refs/heads/" + branch));
  }

  void saw(String ref, String revision) {
    swept.remove(ref);
    seen.remove(ref);
    seen.put(ref, revision);
    if (seen.size() > MOST_SEEN) {
      String oldest = seen.keySet().iterator().next();
      seen.remove(oldest);
      swept.remove(oldest);
    }
  }

  /** What a sweep found on a branch of which nobody had told anything. */
  void found(String ref, String revision) {
    saw(ref, revision);
    swept.add(ref);
  }

  /** When the next window opens; null = none is known to. */
  Instant opens() {
    return opens;
  }

  void opensNext(Instant at) {
    opens = at;
  }

  /** Null = nothing. */
  TriggerMemory memory() {
    TriggerMemory memory = new TriggerMemory(notes, seen, opens, List.copyOf(swept));
    return memory.equals(TriggerMemory.NONE) ? null : memory;
  }
}
