package dev.signalbox.sandbox.railway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Railway's filter of logs, as far as the sandbox reads it: words that a line must contain, and
 * {@code @snapshot:}, {@code @replica:}, {@code @deployment:}, {@code @service:} with an id. Ids
 * are alternatives; {@code AND} and {@code OR} between them are read over.
 */
record LogFilter(List<String> words, List<String> ids, List<String> snapshots) {

  static LogFilter of(String text) {
    List<String> words = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    List<String> snapshots = new ArrayList<>();
    for (String part : text == null ? new String[0] : text.strip().split("\\s+")) {
      String bare = part.replaceAll("[()\"]", "");
      if (bare.startsWith("@") && bare.contains(":")) {
        String id = bare.substring(bare.indexOf(':') + 1);
        if (bare.startsWith("@snapshot:")) {
          snapshots.add(id);
        } else if (!bare.startsWith("@level:")) {
          ids.add(id);
        }
      } else if (!bare.isBlank() && !bare.equals("OR") && !bare.equals("AND")) {
        words.add(bare.toLowerCase(Locale.ROOT));
      }
    }
    return new LogFilter(List.copyOf(words), List.copyOf(ids), List.copyOf(snapshots));
  }

  boolean takes(LogBook.Line line) {
    String message = line.message().toLowerCase(Locale.ROOT);
    return words.stream().allMatch(message::contains);
  }

  boolean namesSnapshot(String snapshotId) {
    return snapshots.contains(snapshotId);
  }

  boolean meansService(String serviceId, String deploymentId) {
    boolean named =
        ids.contains(serviceId) || ids.contains(deploymentId) || ids.contains(deploymentId + "-1");
    return ids.isEmpty() ? snapshots.isEmpty() : named;
  }
}
