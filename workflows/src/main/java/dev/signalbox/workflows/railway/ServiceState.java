package dev.signalbox.workflows.railway;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.List;
import java.util.Map;

/**
 * What stands of one service in an environment.
 *
 * @param railway Railway's name of the service
 * @param active what serves now; null = nothing
 * @param latest the newest deployment, also one in progress; null = none
 * @param url base address from Railway's domains, custom before generated; null = none
 * @param triggers what would deploy this service on a push; empty = Railway never deploys it by
 *     itself
 * @param recent ids of the newest deployments of any status: the baseline
 * @param completed whether the process of the active one has ended without a fault, or runs only at
 *     the ticks of a clock: what a job is for
 * @param activeTagged whether Railway names an image of the active one
 * @param autoDeployOff whether Railway's automatic deployments of this service are known to be
 *     switched off, so that its triggers rest; false where that was not asked for or not told
 * @param settings how it is built and run there, by Railway's names, in words that may be told;
 *     what is not set is left out
 */
public record ServiceState(
    String railway,
    String serviceId,
    ServiceDeployment active,
    ServiceDeployment latest,
    String url,
    List<Trigger> triggers,
    List<String> recent,
    boolean completed,
    boolean activeTagged,
    boolean autoDeployOff,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> settings) {
  /** Of a service that runs, and whose image is not known. */
  public ServiceState(
      String railway,
      String serviceId,
      ServiceDeployment active,
      ServiceDeployment latest,
      String url,
      List<Trigger> triggers,
      List<String> recent) {
    this(railway, serviceId, active, latest, url, triggers, recent, false, false, false);
  }

  /** Of a service of whose settings nothing is known. */
  public ServiceState(
      String railway,
      String serviceId,
      ServiceDeployment active,
      ServiceDeployment latest,
      String url,
      List<Trigger> triggers,
      List<String> recent,
      boolean completed,
      boolean activeTagged,
      boolean autoDeployOff) {
    this(
        railway,
        serviceId,
        active,
        latest,
        url,
        triggers,
        recent,
        completed,
        activeTagged,
        autoDeployOff,
        null);
  }

  public ServiceState {
    triggers = triggers == null ? List.of() : List.copyOf(triggers);
    recent = recent == null ? List.of() : List.copyOf(recent);
    settings = settings == null ? Map.of() : settings;
  }

  /** The triggers that a push pulls: none while they rest. */
  public List<Trigger> awake() {
    return autoDeployOff ? List.of() : triggers;
  }

  public record Trigger(String id, String repository, String branch, boolean waitsForChecks) {}
}
