package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.migration.MigrationActivities.SchemaStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The places where a database stands on the way through some revisions, one after another. Pure.
 */
final class SchemaPath {
  private final List<Set<String>> places = new ArrayList<>();

  SchemaPath(List<String> from, List<PendingRevision> revisions) {
    Set<String> place = new TreeSet<>(from);
    places.add(place);
    for (PendingRevision revision : revisions) {
      place = new TreeSet<>(place);
      place.removeAll(revision.downRevisions());
      place.add(revision.revision());
      places.add(place);
    }
  }

  /**
   * How many of the revisions have run where the database stands there; -1 = it is not on the way.
   * Of a command nobody knows what lies on its way: it has run, or it has not.
   */
  int position(SchemaStanding standing) {
    if (standing.pending() != null) {
      return standing.pending() ? 0 : places.size() - 1;
    }
    return places.indexOf(new TreeSet<>(standing.at()));
  }

  static String names(List<String> at) {
    return at.isEmpty() ? "no revision" : String.join(", ", at);
  }
}
