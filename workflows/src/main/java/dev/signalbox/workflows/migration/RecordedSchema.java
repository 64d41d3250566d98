package dev.signalbox.workflows.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;

/**
 * Where a database stands by what is on record, for who cannot ask it.
 *
 * @param at revisions that the last run left it at, sorted; empty = that run could not say, or
 *     {@code commit} says
 * @param commit whose heads it is taken to stand at, 40 hex; null = {@code at} says
 * @param by the run that left it there; null = none is on record
 */
public record RecordedSchema(
    List<String> at,
    @JsonInclude(JsonInclude.Include.NON_NULL) String commit,
    @JsonInclude(JsonInclude.Include.NON_NULL) String by) {
  public RecordedSchema {
    at = at == null ? List.of() : List.copyOf(at);
  }

  /** As a run left it. */
  public static RecordedSchema of(List<String> at, String by) {
    return new RecordedSchema(at, null, by);
  }

  /** Where the code of a commit that is live wants it. */
  public static RecordedSchema ofLive(String commit) {
    return new RecordedSchema(null, commit, null);
  }

  /** Of an environment of which the ledger knows nothing. */
  public static RecordedSchema nothing() {
    return new RecordedSchema(null, null, null);
  }

  /** Whether it says where the database stands. */
  public boolean known() {
    return !at.isEmpty() || commit != null;
  }

  /** Whose word that is, or why there is none. */
  public String words() {
    if (commit != null) {
      return "the head of "
          + ShortCommit.of(commit)
          + ", which is live (no migration is on record)";
    }
    if (by == null) {
      return "nothing is on record of it";
    }
    return at.isEmpty()
        ? "the ledger's record of " + by + " does not know where that left it"
        : "the ledger's record of " + by;
  }
}
