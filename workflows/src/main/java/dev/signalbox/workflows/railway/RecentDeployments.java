package dev.signalbox.workflows.railway;

import java.time.Duration;
import java.util.List;

/**
 * The newest deployments of one service, newest first.
 *
 * @param retention how long Railway keeps the image of a deployment that was replaced; null = its
 *     plan is not known
 */
public record RecentDeployments(List<Deployment> deployments, Duration retention) {
  public RecentDeployments {
    deployments = deployments == null ? List.of() : List.copyOf(deployments);
  }
}
