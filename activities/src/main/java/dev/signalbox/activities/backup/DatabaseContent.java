package dev.signalbox.activities.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a database holds, as far as two can be compared.
 *
 * @param schema revisions that it names, sorted
 * @param objects a line for each schema, table, column, constraint, index, view, type and so on,
 *     sorted
 * @param tables by name with their schema
 */
record DatabaseContent(
    List<String> schema, List<String> objects, SortedMap<String, TableContent> tables) {
  private static final int MOST_NAMED = 5;

  DatabaseContent {
    schema = schema == null ? List.of() : List.copyOf(schema);
    objects = objects == null ? List.of() : List.copyOf(objects);
    tables = tables == null ? new TreeMap<>() : new TreeMap<>(tables);
  }

  /**
   * @param checksum of all rows, whatever their order; null = only counted, for its size
   */
  record TableContent(long rows, @JsonInclude(JsonInclude.Include.NON_NULL) String checksum) {}

  /** Rows in all tables. */
  long rows() {
    return tables.values().stream().mapToLong(TableContent::rows).sum();
  }

  /** Tables whose contents can be compared. */
  List<String> checked() {
    return named(true);
  }

  /** Tables whose rows are only counted. */
  List<String> counted() {
    return named(false);
  }

  private List<String> named(boolean checked) {
    return tables.entrySet().stream()
        .filter(table -> (table.getValue().checksum() != null) == checked)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** In what another one differs, the first few of it; empty = in nothing. */
  List<String> differences(DatabaseContent restored) {
    List<String> found = new ArrayList<>();
    if (!schema.equals(restored.schema)) {
      found.add("revision " + words(schema) + ", restored " + words(restored.schema));
    }
    missing(objects, restored.objects).forEach(object -> found.add("not restored: " + object));
    missing(restored.objects, objects).forEach(object -> found.add("never dumped: " + object));
    tables.forEach((table, content) -> compare(table, content, restored.tables.get(table), found));
    return found.size() <= MOST_NAMED ? List.copyOf(found) : shortened(found);
  }

  /** What the first has and the second has not; columns, of which there may be many, last. */
  private static List<String> missing(List<String> wanted, List<String> there) {
    Set<String> known = Set.copyOf(there);
    return wanted.stream()
        .filter(object -> !known.contains(object))
        .sorted(Comparator.comparing((String object) -> object.startsWith("column ")))
        .toList();
  }

  private static List<String> shortened(List<String> found) {
    List<String> first = new ArrayList<>(found.subList(0, MOST_NAMED));
    first.add("and " + (found.size() - MOST_NAMED) + " more");
    return List.copyOf(first);
  }

  private static void compare(
      String table, TableContent content, TableContent restored, List<String> found) {
    if (restored == null) {
      return;
    }
    if (content.rows() != restored.rows()) {
      found.add(table + " has " + content.rows() + " rows, restored " + restored.rows());
    } else if (content.checksum() != null && !content.checksum().equals(restored.checksum())) {
      found.add(table + " has other contents than were dumped");
    }
  }

  static String words(List<String> revisions) {
    return revisions.isEmpty() ? "no revision" : String.join(", ", revisions);
  }
}
