package dev.signalbox.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Every call that reached the sandbox from outside, once, in order: the independent witness of what
 * a client really did.
 */
public final class Journal {
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One call. {@code caller} is the first token of its User-Agent; {@code door} one of railway,
   * github, git, slack; {@code status} is 0 when the connection was cut; {@code fault} is null
   * without one; {@code changedState} says that the effect happened, also when its answer was lost.
   */
  public record Entry(
      int n,
      Instant at,
      String caller,
      String door,
      String operation,
      Target target,
      int status,
      @JsonInclude(JsonInclude.Include.NON_NULL) String fault,
      boolean changedState) {}

  /** Adds an entry and numbers it, from 1. */
  public synchronized Entry record(
      Instant at,
      String caller,
      String door,
      String operation,
      Target target,
      int status,
      String fault,
      boolean changedState) {
    Entry entry =
        new Entry(
            entries.size() + 1, at, caller, door, operation, target, status, fault, changedState);
    entries.add(entry);
    return entry;
  }

  /** Entries numbered above {@code n}; 0 gives all. */
  public synchronized List<Entry> since(int n) {
    return List.copyOf(entries.subList(Math.max(0, Math.min(n, entries.size())), entries.size()));
  }

  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The number of the newest entry, 0 when there is none: what {@link #since} starts from. */
  public synchronized int last() {
    return entries.size();
  }
}
