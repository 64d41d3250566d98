package dev.signalbox.sandbox.railway;

import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Relay connections over a list of nodes that have an {@code id}; the cursor is that id. */
final class Relay {
  private static final int DEFAULT_SIZE = 100;

  private Relay() {}

  static Map<String, Object> page(List<Map<String, Object>> nodes, DataFetchingEnvironment asked) {
    Integer first = asked.getArgument("first");
    Integer last = asked.getArgument("last");
    int from = position(nodes, asked.getArgument("after")) + 1;
    int before = position(nodes, asked.getArgument("before"));
    int to = before < 0 ? nodes.size() : before;
    if (last != null && first == null) {
      from = Math.max(from, to - last);
    } else {
      to = Math.min(to, from + (first == null ? DEFAULT_SIZE : first));
    }
    List<Map<String, Object>> page = nodes.subList(Math.min(from, to), to);
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("hasNextPage", to < nodes.size());
    info.put("hasPreviousPage", from > 0);
    info.put("startCursor", page.isEmpty() ? null : page.get(0).get("id"));
    info.put("endCursor", page.isEmpty() ? null : page.get(page.size() - 1).get("id"));
    List<Map<String, Object>> edges =
        page.stream().map(node -> Map.of("node", node, "cursor", node.get("id"))).toList();
    return Map.of("edges", edges, "pageInfo", info);
  }

  private static int position(List<Map<String, Object>> nodes, String cursor) {
    for (int i = 0; cursor != null && i < nodes.size(); i++) {
      if (nodes.get(i).get("id").equals(cursor)) {
        return i;
      }
    }
    return -1;
  }
}
