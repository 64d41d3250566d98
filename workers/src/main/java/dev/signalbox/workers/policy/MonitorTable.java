package dev.signalbox.workers.policy;

import dev.signalbox.workflows.clock.ClockTimes;
import dev.signalbox.workflows.policy.MonitorPolicy;
import dev.signalbox.workflows.policy.MonitorPolicy.ClosedByHand;
import dev.signalbox.workflows.policy.MonitorPolicy.IncidentPolicy;
import dev.signalbox.workflows.policy.PageCheck;
import dev.signalbox.workflows.policy.Person;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code [monitor.<environment>]} says.
 *
 * @param section for what can be judged only when the whole file is read
 */
record MonitorTable(MonitorPolicy policy, Section section) {
  private static final String EVERY =
      "a part of an hour or of a day: \"1m\", \"5m\", \"15m\", \"30m\", \"1h\", \"6h\", \"24h\"";
  private static final String CRON =
      "minute, hour, day, month and day of the week, such as \"*/15 * * * *\"";
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(5);
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration USUAL_CERTIFICATE = Duration.ofDays(14);
  private static final Duration SHORTEST_ESCALATION = Duration.ofMinutes(1);
  private static final Duration SILENCE = Duration.ofMinutes(15);
  private static final int MOST = 100;
  private static final int LONGEST_TITLE = 200;
  private static final Map<String, ClosedByHand> BY_HAND =
      Map.of("respect", ClosedByHand.RESPECT, "reopen", ClosedByHand.REOPEN);

  /** Keys that belong to what is not built yet. */
  private static final Map<String, String> LATER =
      Map.of(
          "alerts", "alerts on the platform's numbers",
          "keep", "reports of rounds",
          "on_red", "action on red");

  /** By environment. */
  static Map<String, MonitorTable> all(Map<String, Section> sections) {
    Map<String, MonitorTable> tables = new LinkedHashMap<>();
    sections.forEach((name, section) -> tables.put(name, read(section)));
    return tables;
  }

  /** Refuses what names an environment or a service that there is not. */
  void check(
      String environment,
      Map<String, EnvironmentTable> environments,
      Map<String, ServiceTable> services,
      List<Person> people) {
    List<String> groups = people.stream().map(Person::group).distinct().toList();
    for (String group : policy.incident().escalateTo()) {
      if (!groups.contains(group)) {
        section.refused(
            "escalate_to", "the group " + Section.quoted(group), String.join(", ", groups));
      }
    }
    if (!environments.containsKey(environment)) {
      section.refusedHere(
          "there is no environment " + Section.quoted(environment),
          "allowed: " + String.join(", ", environments.keySet()));
    }
    if (policy.database() != null && !services.containsKey(policy.database().service())) {
      section.refused(
          "database",
          "the service " + Section.quoted(policy.database().service()),
          String.join(", ", services.keySet()));
    }
    for (PageCheck page : policy.pages()) {
      if (page.service() != null && !services.containsKey(page.service())) {
        section.refused(
            "pages",
            "the service " + Section.quoted(page.service()),
            String.join(", ", services.keySet()));
      }
    }
  }

  private static MonitorTable read(Section section) {
    MonitorPolicy policy =
        new MonitorPolicy(
            times(section),
            section.number("unhealthy_after", 1, MOST).orElse(3),
            section.number("healthy_after", 1, MOST).orElse(2),
            section.duration("interval", SHORTEST_INTERVAL).orElse(Duration.ofSeconds(30)),
            section.duration("recheck", SHORTEST).orElse(Duration.ofSeconds(1)),
            section.duration("slow", SHORTEST).orElse(null),
            section.duration("certificate", SHORTEST).orElse(USUAL_CERTIFICATE),
            section.table("database").map(MonitorDatabaseTable::read).orElse(null),
            VerifyTable.pages(section),
            section.names(
                "control", MonitorTable::address, "addresses such as \"https://1.1.1.1\""),
            section.names(
                "allow",
                place -> place.matches("[A-Za-z0-9.:_/\\[\\]-]+"),
                "a host, \"host:port\" or a network such as \"10.0.0.0/8\""),
            section.duration("silence", Duration.ZERO).orElse(SILENCE),
            FreezeList.read(section, "maintenance"),
            incident(section));
    section.close(LATER);
    return new MonitorTable(policy, section);
  }

  private static ClockTimes times(Section section) {
    if (section.has("every") && section.has("cron")) {
      section.add("every", "beside cron", "say one of the two");
    }
    if (section.has("zone") && !section.has("cron")) {
      section.add("zone", "without cron", "say cron with it, or take it out");
    }
    Optional<Duration> every = section.duration("every", Duration.ofMinutes(1));
    Optional<String> cron = section.text("cron");
    String zone = section.text("zone").orElse("UTC");
    if (cron.isPresent()) {
      ClockTimes times = new ClockTimes(cron.get().strip().replaceAll("\\s+", " "), zone);
      times.problem().ifPresent(problem -> section.refused("cron", problem, CRON));
      return times;
    }
    Duration rest = every.orElse(Duration.ofMinutes(15));
    Optional<ClockTimes> times = ClockTimes.every(rest);
    if (times.isEmpty()) {
      section.add("every", "no part of an hour or of a day", "allowed: " + EVERY);
    }
    return times.orElse(new ClockTimes("*/15 * * * *", "UTC"));
  }

  private static IncidentPolicy incident(Section section) {
    IncidentPolicy otherwise = IncidentPolicy.DEFAULTS;
    List<String> labels =
        section.names(
            "labels",
            label -> label.length() <= 50 && !label.matches(".*\\p{Cntrl}.*"),
            "names of labels, of 50 letters at most");
    return new IncidentPolicy(
        section
            .text(
                "title",
                title ->
                    !title.isBlank()
                        && title.length() <= LONGEST_TITLE
                        && !title.matches(".*\\p{Cntrl}.*"),
                "one line, with {Environment} or {environment} for its name")
            .orElse(otherwise.title()),
        section.has("labels") ? labels : otherwise.labels(),
        section
            .text("closed_by_hand", BY_HAND::containsKey, Section.oneOf(BY_HAND.keySet()))
            .map(BY_HAND::get)
            .orElse(otherwise.closedByHand()),
        section.duration("settle", SHORTEST).orElse(otherwise.settle()),
        section.duration("remind", IncidentPolicy.SHORTEST_REMINDER).orElse(otherwise.remind()),
        section.duration("escalate", SHORTEST_ESCALATION).orElse(otherwise.escalate()),
        section.names("escalate_to", name -> !name.isBlank(), "names of groups of [people]"));
  }

  private static boolean address(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }
}
