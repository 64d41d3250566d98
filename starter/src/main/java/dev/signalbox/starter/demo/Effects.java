package dev.signalbox.starter.demo;

import dev.signalbox.sandbox.Journal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What changed on production between two moments, counted from the sandbox's journal: not what we
 * say that we did, but what arrived.
 */
public record Effects(int merge, Map<String, Integer> deploy, Map<String, Integer> rollback) {

  static Effects since(Stage stage, int entry) {
    List<Journal.Entry> changes =
        stage.sandbox().journal().since(entry).stream()
            .filter(Journal.Entry::changedState)
            .toList();
    int merges =
        (int)
            changes.stream()
                .filter(
                    change ->
                        change.operation().startsWith("PUT ")
                            && change.operation().endsWith("/merge"))
                .filter(change -> "main".equals(change.target().branch()))
                .count();
    return new Effects(
        merges, count(changes, "serviceInstanceDeployV2"), count(changes, "deploymentRollback"));
  }

  private static Map<String, Integer> count(List<Journal.Entry> changes, String operation) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    changes.stream()
        .filter(change -> change.operation().equals(operation))
        .filter(change -> Stage.PRODUCTION.equals(change.target().environment()))
        .forEach(change -> counts.merge(change.target().service(), 1, Integer::sum));
    return counts;
  }

  boolean oneDeploymentEach() {
    return merge == 1 && deploy.equals(Map.of("backend", 1, "frontend", 1));
  }

  @Override
  public String toString() {
    return "merge " + merge + ", deploy " + deploy + ", rollback " + rollback;
  }
}
