package dev.signalbox.activities.railway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.pace.Bell;
import dev.signalbox.workflows.railway.Deployment.Status;
import java.time.Duration;
import java.time.Instant;

/**
 * Hears from Railway when one deployment changes, connects again after a pause where the line
 * breaks, and gives up where there is none. What it hears only says when a read is worth while.
 */
final class DeploymentFeed implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Lines in a row on which nothing was told, before there is taken to be nobody. */
  private static final int TRIES = 3;

  private final RailwayClient railway;
  private final RailwayEvents events;
  private final String deploymentId;
  private final Bell bell;
  private EventLine line;
  private Instant next = Instant.MIN;
  private int vain;
  private boolean givenUp;
  private volatile Status told;

  DeploymentFeed(RailwayClient railway, RailwayEvents events, String deploymentId, Bell bell) {
    this.railway = railway;
    this.events = events;
    this.deploymentId = deploymentId;
    this.bell = bell;
  }

  /** Connects when it is time to; called with every sign of life, and by one thread alone. */
  void keep(Instant now) {
    if (line != null && line.end() != null) {
      afterEnd(now);
    }
    if (line == null && !givenUp && !now.isBefore(next)) {
      told = null;
      line = railway.changes(deploymentId, new Ear());
    }
  }

  private void afterEnd(Instant now) {
    vain = line.hasTold() ? 0 : vain + 1;
    if (line.refused() || vain >= (events.silent() ? 1 : TRIES)) {
      givenUp = true;
      events.silent(line.end());
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(0, vain - 1), 5));
    next = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    line = null;
  }

  /**
   * Whether the line is open, has told something, and the last that it told was that the deployment
   * is on its way: then its end will be told.
   */
  boolean quiet() {
    return line != null && line.end() == null && told == Status.IN_PROGRESS;
  }

  private final class Ear implements EventLine.Listener {
    @Override
    public void told(JsonNode data) {
      events.heard();
      told = Statuses.of(data.path("deployment").path("status").asText(null));
      if (told != Status.IN_PROGRESS) {
        bell.ring();
      }
    }

    @Override
    public void ended() {
      // Who counted on it must go back to reading.
      bell.ring();
    }
  }

  @Override
  public void close() {
    if (line != null) {
      line.close();
    }
  }
}
