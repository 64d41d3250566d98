package dev.signalbox.activities.railway;

import java.util.List;
import java.util.Objects;

/** A Relay connection, as Railway answers lists. */
record Connection<T>(List<Edge<T>> edges, PageInfo pageInfo) {

  record Edge<T>(T node) {}

  record PageInfo(boolean hasNextPage, String endCursor) {}

  List<T> nodes() {
    return edges == null
        ? List.of()
        : edges.stream().map(Edge::node).filter(Objects::nonNull).toList();
  }

  /** Where the next page begins; null after the last one. */
  String next() {
    return pageInfo != null && pageInfo.hasNextPage() ? pageInfo.endCursor() : null;
  }
}
