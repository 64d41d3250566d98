package dev.signalbox.workflows.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.health.HealthActivities.Target;
import java.time.Duration;
import java.util.List;

/**
 * One thing to look at again and again.
 *
 * @param name of its own among all checks of the environment: the service, or the service and the
 *     page
 * @param service whose it is; null for a control endpoint
 * @param target what is asked, and what a good answer is; its {@code interval} and {@code retries}
 *     are those of a verification and mean nothing here
 * @param every time between two looks while watching
 * @param slow an answer that takes longer is degraded; null = none is too slow
 * @param after services that this one needs: while one of them is down, its own trouble is a
 *     symptom
 * @param database what is looked at in place of {@code target}; null = no database
 */
public record Check(
    String name,
    String service,
    Kind kind,
    Target target,
    Duration every,
    Duration slow,
    List<String> after,
    @JsonInclude(JsonInclude.Include.NON_NULL) DatabaseTarget database) {
  public Check {
    // Most are called as their service: thousands of names are kept once.
    service = name != null && name.equals(service) ? name : service;
    target =
        target != null && name != null && name.equals(target.service())
            ? target.called(name)
            : target;
    after = after == null ? List.of() : List.copyOf(after);
  }

  /** One of something that is asked over HTTP. */
  public Check(
      String name,
      String service,
      Kind kind,
      Target target,
      Duration every,
      Duration slow,
      List<String> after) {
    this(name, service, kind, target, every, slow, after, null);
  }

  /** The same, looked at this often at least; a database is left at its own pace. */
  Check atLeastEvery(Duration longest) {
    return database != null || every.compareTo(longest) <= 0
        ? this
        : new Check(name, service, kind, target, longest, slow, after);
  }

  /** What a check is for. */
  public enum Kind {
    /** A service's health answer. */
    @JsonProperty("health")
    HEALTH,
    /** A page that people open. */
    @JsonProperty("page")
    PAGE,
    /** The database that a service works with. */
    @JsonProperty("database")
    DATABASE,
    /**
     * An address that has nothing to do with the environment: while none of these answers, it is
     * our own network that is away.
     */
    @JsonProperty("control")
    CONTROL
  }
}
