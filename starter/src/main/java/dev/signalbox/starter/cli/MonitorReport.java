package dev.signalbox.starter.cli;

import dev.signalbox.starter.IncidentClient.Known;
import dev.signalbox.starter.MonitorClient;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.monitor.MonitorState;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.policy.Pipeline.Project;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How an environment stands, as one text. Words of others are plain words in it.
 *
 * @param state null = there was no round yet
 * @param ledger null = the engine knows of none
 * @param incident the newest; null = there was none
 */
record MonitorReport(
    Project project,
    String environment,
    Instant at,
    MonitorClient.Standing monitor,
    MonitorState state,
    LedgerStatus ledger,
    Known incident) {
  private static final int SHORT = 7;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# " + environment + " of " + project.name() + ": " + word());
    lines.add("");
    lines.add("Written at " + Moments.text(at) + ". " + lookedAt());
    if (state != null) {
      checks(lines);
    }
    services(lines);
    lines.addAll(List.of("", "## Incident", ""));
    lines.add(incident == null ? "None is known." : IncidentView.line(incident));
    if (incident != null) {
      incident
          .state()
          .timeline()
          .forEach(
              entry -> lines.add("- " + Moments.text(entry.at()) + " " + words(entry.words())));
    }
    return lines;
  }

  private String word() {
    return state == null || state.round() == null
        ? "not looked at"
        : state.outage() ? "outage" : "no outage";
  }

  private String lookedAt() {
    String times =
        monitor.order() == null
            ? "It is not monitored."
            : monitor.order().paused() != null
                ? "Monitoring is paused: " + words(monitor.order().paused())
                : "Monitored " + monitor.order().times().words() + ".";
    return state == null || state.round() == null
        ? times
        : times
            + " Last full round "
            + Moments.text(state.round())
            + ", "
            + state.looks()
            + " looks in all.";
  }

  private void checks(List<String> lines) {
    lines.addAll(
        List.of("", "## Checks", "", "| check | state | since | why |", "|---|---|---|---|"));
    for (Standing standing : state.standings()) {
      lines.add(
          "| %s | %s | %s | %s |"
              .formatted(
                  words(standing.check()),
                  standing.state().name().toLowerCase(Locale.ROOT),
                  Moments.text(standing.since()),
                  standing.reason() == null ? "" : words(standing.reason())));
    }
    if (state.trouble() != null) {
      lines.addAll(List.of("", "Trouble: " + words(state.trouble())));
    }
  }

  private void services(List<String> lines) {
    lines.addAll(List.of("", "## Live", ""));
    LiveSet live = live();
    if (live == null) {
      lines.add("Nothing is on record.");
      return;
    }
    lines.addAll(List.of("| service | commit | deployment |", "|---|---|---|"));
    for (ServiceDeployment service : live.deployments()) {
      String revision = revision(service, live);
      lines.add(
          "| %s | [%s](%s) | %s |"
              .formatted(
                  words(service.service()),
                  revision.substring(0, Math.min(SHORT, revision.length())),
                  commit(revision),
                  words(service.id())));
    }
    lines.addAll(List.of("", "Since " + Moments.text(live.since()) + "."));
  }

  Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("project", project.name());
    object.put("environment", environment);
    object.put("at", at);
    object.put("monitored", monitor.order() != null && monitor.order().paused() == null);
    object.putAll(MonitorView.object(state));
    LiveSet live = live();
    object.put(
        "services",
        live == null
            ? List.of()
            : live.deployments().stream().map(service -> object(service, live)).toList());
    object.put("incident", incident == null ? null : IncidentView.object(incident));
    return object;
  }

  private Map<String, Object> object(ServiceDeployment service, LiveSet live) {
    Map<String, Object> object = new LinkedHashMap<>();
    String revision = revision(service, live);
    object.put("service", service.service());
    object.put("commit", revision);
    object.put("url", commit(revision));
    object.put("deployment", service.id());
    object.put("since", live.since());
    return object;
  }

  private LiveSet live() {
    return ledger == null ? null : ledger.live();
  }

  private static String revision(ServiceDeployment service, LiveSet live) {
    return service.revision() == null ? live.revision() : service.revision();
  }

  private String commit(String revision) {
    return "https://github.com/" + project.github() + "/commit/" + revision;
  }

  private static String words(String text) {
    return PostedText.words(text);
  }
}
