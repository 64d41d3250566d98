package dev.signalbox.activities.railway;

import dev.signalbox.activities.pace.Bell;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker knows of Railway's web-socket: whether it tells anything at all. */
final class RailwayEvents {
  private static final Logger LOG = LoggerFactory.getLogger(RailwayEvents.class);

  private final RailwayClient railway;
  private final AtomicBoolean silent = new AtomicBoolean();

  RailwayEvents(RailwayClient railway) {
    this.railway = railway;
  }

  /**
   * @param bell rings when a read is worth while
   */
  DeploymentFeed of(String deploymentId, Bell bell) {
    return new DeploymentFeed(railway, this, deploymentId, bell);
  }

  boolean silent() {
    return silent.get();
  }

  void heard() {
    silent.set(false);
  }

  /** Said once, however many deployments are waited for. */
  void silent(String why) {
    if (!silent.getAndSet(true)) {
      LOG.info(
          "Railway tells nothing over its web-socket (it {}); deployments are followed by reading"
              + " alone",
          why);
    }
  }
}
