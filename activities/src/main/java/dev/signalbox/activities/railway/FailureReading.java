package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.railway.DeploymentFailure;
import dev.signalbox.workflows.railway.RailwayActivities.FailureQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Why a deployment failed, as it may stand in a history, a report and a comment: without secrets,
 * and bounded. A long log keeps its end, where the reason stands.
 */
final class FailureReading {
  private static final int BUILD_LINES = 50;
  private static final int DEPLOY_LINES = 200;

  /** The steps' own words too: Railway puts an error's whole text there. */
  private static final int LONGEST_LINE = 500;

  /** Both logs of five services are far from what Temporal takes for one payload (2 MB). */
  private static final int BUILD_BYTES = 8_000;

  private static final int DEPLOY_BYTES = 24_000;

  private FailureReading() {}

  static DeploymentFailure read(RailwayClient railway, FailureQuery query) {
    RailwayFailure failure = railway.failure(query.deploymentId(), BUILD_LINES, DEPLOY_LINES);
    return new DeploymentFailure(
        query.service(),
        query.deploymentId(),
        failure.failedSteps().stream().map(step -> clean(step, query.revision())).toList(),
        tail(failure.buildLogs(), BUILD_LINES, BUILD_BYTES, query.revision()),
        tail(failure.deploymentLogs(), DEPLOY_LINES, DEPLOY_BYTES, query.revision()),
        null);
  }

  /**
   * The last lines that fit, oldest first; says how many of those read it left out.
   *
   * @param commit that they are about; null = not known
   */
  static List<String> tail(List<RailwayFailure.Line> log, int lines, int bytes, String commit) {
    Deque<String> tail = new ArrayDeque<>();
    int left = bytes;
    int at = log.size() - 1;
    for (; at >= 0 && tail.size() < lines; at--) {
      String line = clean(log.get(at).message(), commit);
      left -= line.getBytes(StandardCharsets.UTF_8).length + 1;
      if (left < 0) {
        break;
      }
      tail.addFirst(line);
    }
    if (at >= 0) {
      tail.addFirst("… " + (at + 1) + " lines before this were left out");
    }
    return List.copyOf(tail);
  }

  private static String clean(String line, String commit) {
    String clean = ForeignText.ofLog(line == null ? "" : line, commit);
    return Excerpt.begin(clean, LONGEST_LINE);
  }
}
