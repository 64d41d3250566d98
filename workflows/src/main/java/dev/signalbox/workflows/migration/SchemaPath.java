package dev.signalbox.workflows.migration;

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
   */
  int position(List<String> at) {
    return places.indexOf(new TreeSet<>(at));
  }

  List<String> after(int revisions) {
    return List.copyOf(places.get(revisions));
  }

  static String names(List<String> at) {
    return at.isEmpty() ? "no revision" : String.join(", ", at);
  }
}
