package dev.signalbox.workflows.railway;

import java.util.List;

/**
 * Why a deployment failed, in Railway's words: without secrets, and bounded.
 *
 * @param steps that went wrong, each with Railway's words
 * @param buildLog its last lines, oldest first
 * @param deployLog its last lines, oldest first
 * @param unread why none of it could be read; null = it was
 */
public record DeploymentFailure(
    String service,
    String deploymentId,
    List<String> steps,
    List<String> buildLog,
    List<String> deployLog,
    String unread) {
  public DeploymentFailure {
    steps = steps == null ? List.of() : List.copyOf(steps);
    buildLog = buildLog == null ? List.of() : List.copyOf(buildLog);
    deployLog = deployLog == null ? List.of() : List.copyOf(deployLog);
  }
}
