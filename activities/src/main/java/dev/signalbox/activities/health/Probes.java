package dev.signalbox.activities.health;

import dev.signalbox.activities.http.Reach;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.Target;
import java.time.Instant;

/**
 * One sample of whatever a target is. Verification, soak and monitoring ask alike, through this.
 */
public final class Probes {
  private final HealthProbe health;
  private final PageProbe pages;

  /**
   * @param reach which addresses may be called
   */
  public Probes(Reach reach) {
    Visit visit = new Visit(reach);
    this.health = new HealthProbe(visit);
    this.pages = new PageProbe(visit);
  }

  public Sample sample(Target target, Instant at) {
    return probe(target, at).sample();
  }

  /** The sample, with what its connection showed. */
  public Probed probe(Target target, Instant at) {
    return target.page() == null ? health.probe(target, at) : pages.probe(target, at);
  }
}
