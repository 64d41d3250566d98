package dev.signalbox.workflows.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.signalbox.workflows.clock.ClockTimes;
import java.time.Duration;
import java.util.List;

/**
 * What {@code [monitor.<environment>]} says; absent keys already hold their defaults. No part of
 * what people approve, so no part of the pipeline.
 *
 * @param times when each full round begins
 * @param unhealthyAfter bad looks in a row that mean down
 * @param healthyAfter good looks in a row that mean up again
 * @param interval time between two looks at one check while watching
 * @param recheck pause before a quick second look at what was not good
 * @param slow an answer that takes longer is degraded; null = none is too slow
 * @param certificate how long a TLS certificate must still be good; null = nobody looks
 * @param database which is looked at; null = none
 * @param pages that people open, looked at like a service's health answer
 * @param control addresses that have nothing to do with the environment: while none of them
 *     answers, it is our own network that is away
 * @param allow where a check may lead although it is no public address
 * @param silence how long one deployment of our own keeps an outage from being told, at most
 * @param maintenance times in which no outage is told
 * @param incident how an outage is told
 */
public record MonitorPolicy(
    ClockTimes times,
    int unhealthyAfter,
    int healthyAfter,
    Duration interval,
    Duration recheck,
    Duration slow,
    Duration certificate,
    @JsonInclude(JsonInclude.Include.NON_NULL) DatabaseCheck database,
    List<PageCheck> pages,
    List<String> control,
    List<String> allow,
    Duration silence,
    List<Freeze> maintenance,
    IncidentPolicy incident) {

  public MonitorPolicy {
    pages = pages == null ? List.of() : List.copyOf(pages);
    control = control == null ? List.of() : List.copyOf(control);
    allow = allow == null ? List.of() : List.copyOf(allow);
    maintenance = maintenance == null ? List.of() : List.copyOf(maintenance);
  }

  /**
   * @param service whose variables hold the address
   * @param url name of that variable
   * @param every time between two looks at it while watching
   */
  public record DatabaseCheck(String service, String url, Duration every, DatabaseLimits limits) {}

  /**
   * Beyond which a database is degraded.
   *
   * @param connections per cent of those that there may be
   * @param longest that a statement may run
   * @param size in bytes; 0 = whatever it is
   */
  public record DatabaseLimits(int connections, Duration longest, long size) {}

  /**
   * @param title of the issue, with {@code {Environment}}
   * @param labels of the issue, made where they are missing
   * @param closedByHand what becomes of an issue that a person closes while the outage goes on
   * @param settle how long everything must stay up before the issue is closed
   * @param remind pause between two reminders
   * @param escalate how long nobody may acknowledge it before it is escalated
   * @param escalateTo groups of people who are named then; none = everybody of the file
   */
  public record IncidentPolicy(
      String title,
      List<String> labels,
      ClosedByHand closedByHand,
      Duration settle,
      Duration remind,
      Duration escalate,
      List<String> escalateTo) {
    /** More often than this nobody reads it any more. */
    public static final Duration SHORTEST_REMINDER = Duration.ofMinutes(15);

    public static final IncidentPolicy DEFAULTS =
        new IncidentPolicy(
            "{Environment} Deployment Health Check Failed",
            List.of("deployment-alert", "urgent"),
            ClosedByHand.RESPECT,
            Duration.ofMinutes(1),
            Duration.ofHours(2),
            Duration.ofMinutes(30),
            List.of());

    public IncidentPolicy {
      escalateTo = escalateTo == null ? List.of() : List.copyOf(escalateTo);
      labels = labels == null ? List.of() : List.copyOf(labels);
    }

    /** The title for one environment. */
    public String titleFor(String environment) {
      return title
          .replace(
              "{Environment}",
              environment.isEmpty()
                  ? ""
                  : Character.toUpperCase(environment.charAt(0)) + environment.substring(1))
          .replace("{environment}", environment);
    }
  }

  /** What becomes of an issue that a person closes while the outage goes on. */
  public enum ClosedByHand {
    /** It stays closed. */
    @JsonProperty("respect")
    RESPECT,
    /** It is opened again with the next news. */
    @JsonProperty("reopen")
    REOPEN
  }
}
