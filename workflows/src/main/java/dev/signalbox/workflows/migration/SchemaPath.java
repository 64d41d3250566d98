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

  SchemaPath(MigrationOrder order) {
    Set<String> place = new TreeSet<>(order.from());
    places.add(place);
    for (PendingRevision revision : order.revisions()) {
      place = new TreeSet<>(place);
      if (order.down()) {
        place.remove(revision.revision());
        place.addAll(revision.downRevisions());
      } else {
        place.removeAll(revision.downRevisions());
        place.add(revision.revision());
      }
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
