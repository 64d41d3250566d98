package dev.signalbox.workflows.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.health.HealthActivities.Run;
import java.util.List;

/**
 * What a run saw of the services themselves.
 *
 * @param services what each is proved by
 * @param samples every sample, equal ones in a row as one line, by the step that took them
 */
public record Proof(List<Service> services, List<Watched> samples) {
  public Proof {
    services = services == null ? List.of() : List.copyOf(services);
    samples = samples == null ? List.of() : List.copyOf(samples);
  }

  /**
   * @param deployment Railway's id
   * @param address what was asked; null = nothing was
   * @param sentence what was seen, and what it does not say
   */
  public record Service(
      String service, String deployment, String address, Strength strength, String sentence) {}

  /** From strong to weak. */
  public enum Strength {
    /** The service itself showed the version. */
    @JsonProperty("version")
    VERSION,
    /** The service answers well; which version it is, only the platform says. */
    @JsonProperty("health")
    HEALTH,
    /** Nothing but the platform's word. */
    @JsonProperty("platform")
    PLATFORM
  }

  /**
   * @param step verify, soak, verify-rescue
   * @param taken how many samples in all
   * @param omitted how many of them are in no line: from the middle, where there were too many
   */
  public record Watched(String step, int taken, List<Run> runs, int omitted) {
    public Watched {
      runs = runs == null ? List.of() : List.copyOf(runs);
    }
  }
}
