package dev.signalbox.sandbox.railway;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Build, deploy, environment and HTTP logs: what processes and builds really said. */
final class LogOperations {
  private static final int DEFAULT_LIMIT = 100;
  private static final int LARGEST_LIMIT = 5_000;

  private final World world;

  private LogOperations(World world) {
    this.world = world;
  }

  static void addTo(RootFields fields, World world) {
    LogOperations operations = new LogOperations(world);
    fields.query("buildLogs", asked -> operations.logs(asked, LogBook.Kind.BUILD));
    fields.query("deploymentLogs", asked -> operations.logs(asked, LogBook.Kind.DEPLOY));
    fields.query("environmentLogs", operations::environmentLogs);
    fields.query("httpLogs", operations::httpLogs);
  }

  private Object logs(Asked asked, LogBook.Kind kind) {
    Deployment deployment = asked.deployment("deploymentId");
    LogFilter filter = LogFilter.of(asked.text("filter"));
    Optional<Instant> from = time(asked.text("startDate"));
    Optional<Instant> to = time(asked.text("endDate"));
    List<LogBook.Line> found =
        world.logs().lines(deployment.id(), kind).stream()
            .filter(filter::takes)
            .filter(line -> from.isEmpty() || !line.at().isBefore(from.get()))
            .filter(line -> to.isEmpty() || line.at().isBefore(to.get()))
            .toList();
    return newest(found, asked.number("limit")).stream()
        .map(line -> view(world, asked.state(), line))
        .toList();
  }

  /** Of all services of the environment; a snapshot's id in the filter brings its build logs. */
  private Object environmentLogs(Asked asked) {
    Environment environment = asked.environment(asked.text("environmentId"));
    LogFilter filter = LogFilter.of(asked.text("filter"));
    List<LogBook.Line> all = new ArrayList<>();
    for (Deployment deployment : asked.state().deployments()) {
      if (deployment.environment().equals(environment.name())) {
        all.addAll(linesOf(deployment, filter));
      }
    }
    all.sort(Comparator.comparing(LogBook.Line::at));
    return window(asked, all).stream().map(line -> view(world, asked.state(), line)).toList();
  }

  /**
   * Railway's window of logs: back from the anchor (now, without one) to {@code beforeDate}, and on
   * from it to {@code afterDate}, each with a limit of its own (Railway's command line, {@code
   * src/controllers/deployment.rs}).
   */
  private static List<LogBook.Line> window(Asked asked, List<LogBook.Line> all) {
    Instant oldest = time(asked.text("beforeDate")).orElse(Instant.MIN);
    Instant anchor = time(asked.text("anchorDate")).orElse(Instant.MAX);
    Instant newest = time(asked.text("afterDate")).orElse(Instant.MAX);
    List<LogBook.Line> before =
        all.stream()
            .filter(line -> !line.at().isBefore(oldest) && !line.at().isAfter(anchor))
            .toList();
    List<LogBook.Line> window = new ArrayList<>(newest(before, asked.number("beforeLimit")));
    Integer afterLimit = asked.number("afterLimit");
    all.stream()
        .filter(line -> line.at().isAfter(anchor) && !line.at().isAfter(newest))
        .limit(afterLimit == null ? 0 : afterLimit)
        .forEach(window::add);
    return window;
  }

  private List<LogBook.Line> linesOf(Deployment deployment, LogFilter filter) {
    List<LogBook.Line> lines = new ArrayList<>();
    if (filter.namesSnapshot(deployment.id())) {
      lines.addAll(world.logs().lines(deployment.id(), LogBook.Kind.BUILD));
    } else if (filter.meansService(world.serviceId(deployment.service()), deployment.id())) {
      lines.addAll(world.logs().lines(deployment.id(), LogBook.Kind.DEPLOY));
    }
    return lines.stream().filter(filter::takes).toList();
  }

  private static <T> List<T> newest(List<T> found, Integer limit) {
    int wanted = limit == null ? DEFAULT_LIMIT : Math.min(limit, LARGEST_LIMIT);
    return found.subList(Math.max(0, found.size() - Math.max(0, wanted)), found.size());
  }

  private static Optional<Instant> time(Object text) {
    try {
      return Optional.ofNullable(text).map(String::valueOf).map(Instant::parse);
    } catch (DateTimeParseException wrong) {
      throw new RailwayError("Problem processing request", "BAD_USER_INPUT");
    }
  }

  static Map<String, Object> view(World world, State state, LogBook.Line line) {
    Map<String, Object> view = new HashMap<>();
    view.put("timestamp", line.at().toString());
    view.put("message", line.message());
    view.put("severity", line.severity());
    view.put("attributes", List.of(Map.of("key", "level", "value", line.severity())));
    state
        .deployment(line.deploymentId())
        .ifPresent(deployment -> view.put("tags", tags(world, state, deployment)));
    return view;
  }

  private static Map<String, Object> tags(World world, State state, Deployment deployment) {
    Map<String, Object> tags = new HashMap<>();
    tags.put("deploymentId", deployment.id());
    tags.put("snapshotId", deployment.id());
    tags.put("deploymentInstanceId", deployment.id() + "-1");
    tags.put("projectId", world.projectId());
    tags.put("serviceId", world.serviceId(deployment.service()));
    state
        .environmentNamed(deployment.environment())
        .ifPresent(environment -> tags.put("environmentId", environment.id()));
    return tags;
  }

  private Object httpLogs(Asked asked) {
    Deployment deployment = asked.deployment("deploymentId");
    Instance instance = world.instance(deployment);
    Instant until =
        deployment.status() == Status.REMOVED ? deployment.statusUpdatedAt() : Instant.MAX;
    var found =
        world.traffic().of(instance.id()).stream()
            .filter(e -> !e.at().isBefore(deployment.createdAt()) && e.at().isBefore(until))
            .toList();
    List<Map<String, Object>> views = new ArrayList<>();
    int number = 0;
    for (var exchanged : newest(found, asked.number("limit"))) {
      Map<String, Object> view = new HashMap<>();
      view.put("requestId", deployment.id() + "-" + ++number);
      view.put("timestamp", exchanged.at().toString());
      view.put("deploymentId", deployment.id());
      view.put("deploymentInstanceId", deployment.id() + "-1");
      view.put("host", instance.host());
      view.put("method", exchanged.method());
      view.put("path", exchanged.path());
      view.put("httpStatus", exchanged.status());
      view.put("totalDuration", (int) exchanged.milliseconds());
      view.put("upstreamRqDuration", (int) exchanged.milliseconds());
      view.put("rxBytes", exchanged.received());
      view.put("txBytes", exchanged.sent());
      view.put("clientUa", exchanged.agent());
      view.put("srcIp", "127.0.0.1");
      views.add(view);
    }
    return views;
  }
}
