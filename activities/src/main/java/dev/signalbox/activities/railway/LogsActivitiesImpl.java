package dev.signalbox.activities.railway;

import dev.signalbox.activities.http.Failures;
import dev.signalbox.activities.http.ForeignText;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.pace.Waiting;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.logs.LogsActivities;
import dev.signalbox.workflows.logs.LogsReport;
import dev.signalbox.workflows.logs.LogsReport.Line;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Reads logs with care: what a service prints is others' words, so secrets are masked before it
 * enters a result; and an answer stays well below what the engine takes.
 */
public final class LogsActivitiesImpl implements LogsActivities {
  private static final int MOST_CHARACTERS = 400_000;
  private static final int LONGEST_LINE = 2_000;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final RailwayClients clients;
  private final Set<String> projects;
  private final Pace pace;

  /**
   * @param projects that this worker serves
   */
  public LogsActivitiesImpl(RailwayClients clients, Set<String> projects, Pace pace) {
    this.clients = clients;
    this.projects = Set.copyOf(projects);
    this.pace = pace;
  }

  @Override
  public LogsReport read(LogsQuery query) {
    Failures.requireServed(query.project(), projects);
    ActivityExecutionContext context = Activity.getExecutionContext();
    Waiting waiting = new Waiting(pace, () -> context.heartbeat("looks"));
    Instant end = pace.now().plus(query.patience());
    while (true) {
      LogsReport report = Failures.mapped(() -> waiting.answer(() -> look(query)));
      Instant next = pace.now().plus(BETWEEN_LOOKS);
      if (!report.lines().isEmpty() || next.isAfter(end)) {
        return report;
      }
      waiting.until(next);
    }
  }

  private LogsReport look(LogsQuery query) {
    RailwayClient railway = clients.by(query.token());
    EnvironmentState environment =
        new EnvironmentReading(railway, "https", RailwayActivitiesImpl.RECENT)
            .read(
                new EnvironmentQuery(
                    query.project(),
                    query.railwayProject(),
                    query.environment(),
                    query.services().stream().map(Wanted::railway).toList(),
                    query.token()));
    List<Line> lines = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Wanted service : query.services()) {
      ServiceDeployment deployment =
          environment
              .service(service.railway())
              .map(state -> deployment(state, query.build()))
              .orElse(null);
      if (environment.service(service.railway()).isEmpty()) {
        remarks.add(environment.missing(service.railway()));
      } else if (deployment == null) {
        remarks.add(service.name() + " has no deployment in " + query.environment());
      } else {
        lines.addAll(lines(railway, query, service, deployment.id()));
      }
    }
    lines.sort(Comparator.comparing(Line::at, Comparator.nullsFirst(Comparator.naturalOrder())));
    return fitting(lines, remarks);
  }

  /** A service that never came up has only its newest deployment to tell of. */
  private static ServiceDeployment deployment(ServiceState state, boolean build) {
    return build || state.active() == null ? state.latest() : state.active();
  }

  private static List<Line> lines(
      RailwayClient railway, LogsQuery query, Wanted service, String deploymentId) {
    return railway.log(deploymentId, query.build(), query.lines(), query.since()).stream()
        .map(
            line ->
                new Line(
                    service.name(),
                    deploymentId,
                    time(line.timestamp()),
                    line.severity(),
                    shortened(ForeignText.ofAnswer(line.message() == null ? "" : line.message()))))
        .toList();
  }

  private static Instant time(String timestamp) {
    try {
      return timestamp == null ? null : Instant.parse(timestamp);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private static String shortened(String message) {
    return Excerpt.begin(message, LONGEST_LINE);
  }

  /** The newest lines that fit into one answer. */
  private static LogsReport fitting(List<Line> lines, List<String> remarks) {
    int characters = 0;
    int first = lines.size();
    while (first > 0 && characters + lines.get(first - 1).message().length() < MOST_CHARACTERS) {
      first--;
      characters += lines.get(first).message().length() + 100;
    }
    if (first > 0) {
      remarks.add(first + " earlier lines are left out: one answer has room for no more");
    }
    return new LogsReport(lines.subList(first, lines.size()), remarks);
  }
}
