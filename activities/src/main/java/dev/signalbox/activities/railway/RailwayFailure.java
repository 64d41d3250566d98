package dev.signalbox.activities.railway;

import java.util.List;

/**
 * What Railway says about a deployment that failed.
 *
 * @param deploymentEvents its steps, some of which say what went wrong
 * @param buildLogs oldest first
 * @param deploymentLogs oldest first; empty when nothing of it was started
 */
public record RailwayFailure(
    Connection<Event> deploymentEvents, List<Line> buildLogs, List<Line> deploymentLogs) {

  /** Railway's {@code DeploymentEvent}. */
  public record Event(String step, Payload payload) {}

  /** What a step has to say; {@code error} only when it went wrong. */
  public record Payload(String error, String reason, String detail) {}

  /** One line of a log. */
  public record Line(String message) {}

  /** The steps that went wrong, in words. */
  List<String> failedSteps() {
    return deploymentEvents.nodes().stream()
        .filter(event -> event.payload() != null && event.payload().error() != null)
        .map(event -> event.step() + ": " + event.payload().error())
        .toList();
  }
}
