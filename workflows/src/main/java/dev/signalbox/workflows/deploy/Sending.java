package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.railway.RailwayActivities.DeployOrder;
import dev.signalbox.workflows.railway.RailwayActivities.Sent;
import java.util.List;

/** How a new deployment leaves. */
@FunctionalInterface
interface Sending {
  /**
   * @param known ids of the deployments that there were before, by an earlier read
   */
  Sent send(DeployOrder order, List<String> known);
}
