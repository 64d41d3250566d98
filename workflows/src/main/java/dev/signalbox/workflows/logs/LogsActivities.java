package dev.signalbox.workflows.logs;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What deployments write, as Railway keeps it. Reads only. */
@ActivityInterface(namePrefix = "Logs")
public interface LogsActivities {

  /**
   * The newest lines of the deployment that serves, or of the newest build. With {@code patience}
   * it looks again until there is a line or that time is over, and heartbeats meanwhile.
   */
  @ActivityMethod
  LogsReport read(LogsQuery query);

  /**
   * @param environment Railway's name of it
   * @param token name of the worker's variable that holds it; null = the worker's own
   */
  record LogsQuery(
      String project,
      String railwayProject,
      String environment,
      List<Wanted> services,
      boolean build,
      int lines,
      Instant since,
      Duration patience,
      String token) {
    public LogsQuery {
      services = services == null ? List.of() : List.copyOf(services);
    }
  }

  /**
   * @param name as {@code signalbox.toml} has it
   * @param railway Railway's name of the service
   */
  record Wanted(String name, String railway) {}
}
