package dev.signalbox.sandbox.railway;

import dev.signalbox.sandbox.running.Proxy.Exchanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Metrics, counted from the requests that really went through the addresses. CPU and disk of a
 * small HTTP service are nothing, memory and limits are the same at all times.
 */
final class MetricOperations {
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final int MOST_SAMPLES = 1_000;
  private static final double GIGABYTE = 1e9;

  private final World world;

  private MetricOperations(World world) {
    this.world = world;
  }

  static void addTo(RootFields fields, World world) {
    MetricOperations operations = new MetricOperations(world);
    fields.query("metrics", operations::metrics);
    fields.query("httpMetrics", operations::requests);
    fields.query("httpMetricsGroupedByStatus", operations::requestsByStatus);
    fields.query("httpDurationMetrics", operations::durations);
  }

  /** From, inclusive, to, exclusive, in steps. */
  private record Window(Instant from, Instant to, Duration step) {
    static Window of(Asked asked, String stepName, Instant now) {
      Instant from = Instant.parse(asked.text("startDate"));
      Instant to = asked.text("endDate") == null ? now : Instant.parse(asked.text("endDate"));
      Integer seconds = asked.number(stepName);
      Duration step = seconds == null || seconds < 1 ? STEP : Duration.ofSeconds(seconds);
      Duration least = Duration.between(from, to).dividedBy(MOST_SAMPLES);
      return new Window(from, to, step.compareTo(least) < 0 ? least : step);
    }

    boolean holds(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }

    /** The beginning of the step that {@code at} is in. */
    long sample(Instant at) {
      long passed = Duration.between(from, at).toMillis() / step.toMillis();
      return from.plus(step.multipliedBy(passed)).getEpochSecond();
    }
  }

  private Object metrics(Asked asked) {
    Window window = Window.of(asked, "sampleRateSeconds", world.now());
    List<String> wanted = asked.field().getArgument("measurements");
    List<Map<String, Object>> results = new ArrayList<>();
    for (Instance instance : meant(asked)) {
      for (String measurement : wanted) {
        results.add(
            Map.of(
                "measurement",
                measurement,
                "tags",
                tags(instance),
                "values",
                values(measurement, instance, window)));
      }
    }
    return results;
  }

  private List<Instance> meant(Asked asked) {
    asked.mustBeKnown();
    String environmentId = asked.text("environmentId");
    String serviceId = asked.text("serviceId");
    if (environmentId != null) {
      asked.environment(environmentId);
    } else {
      asked.mustBeAccount();
    }
    return asked.state().instances().stream()
        .filter(i -> environmentId == null || i.in(environmentId))
        .filter(i -> serviceId == null || world.serviceId(i.service().name()).equals(serviceId))
        .toList();
  }

  private Map<String, Object> tags(Instance instance) {
    return Map.of(
        "projectId",
        world.projectId(),
        "environmentId",
        instance.environment().id(),
        "serviceId",
        world.serviceId(instance.service().name()));
  }

  private List<Map<String, Object>> values(String measurement, Instance instance, Window window) {
    return switch (measurement) {
      case "NETWORK_RX_GB" -> sums(instance, window, e -> e.received() / GIGABYTE);
      case "NETWORK_TX_GB" -> sums(instance, window, e -> e.sent() / GIGABYTE);
      case "MEMORY_USAGE_GB" -> steady(instance, window, 0.05);
      case "MEMORY_LIMIT_GB", "CPU_LIMIT" -> steady(instance, window, 8);
      case "CPU_USAGE", "CPU_USAGE_2", "DISK_USAGE_GB", "EPHEMERAL_DISK_USAGE_GB" ->
          steady(instance, window, 0);
      default -> List.of();
    };
  }

  private List<Map<String, Object>> sums(
      Instance instance, Window window, ToDoubleFunction<Exchanged> amount) {
    Map<Long, Double> bySample =
        exchanges(instance, window, any -> true).stream()
            .collect(
                Collectors.groupingBy(
                    e -> window.sample(e.at()), TreeMap::new, Collectors.summingDouble(amount)));
    return samples(bySample);
  }

  private static List<Map<String, Object>> samples(Map<Long, Double> bySample) {
    return bySample.entrySet().stream()
        .map(e -> Map.<String, Object>of("ts", e.getKey().intValue(), "value", e.getValue()))
        .toList();
  }

  /** The same value from the first release on, while the window lasts. */
  private List<Map<String, Object>> steady(Instance instance, Window window, double value) {
    Map<Long, Double> bySample = new TreeMap<>();
    Instant first =
        instance.createdAt().isAfter(window.from()) ? instance.createdAt() : window.from();
    for (Instant at = first; at.isBefore(window.to()); at = at.plus(window.step())) {
      bySample.put(window.sample(at), value);
    }
    return samples(bySample);
  }

  private List<Exchanged> exchanges(Instance instance, Window window, Predicate<Exchanged> wanted) {
    return world.traffic().of(instance.id()).stream()
        .filter(e -> window.holds(e.at()))
        .filter(wanted)
        .toList();
  }

  private List<Exchanged> asked(Asked asked, Window window) {
    Instance instance = asked.instance(asked.arguments());
    String method = asked.text("method");
    String path = asked.text("path");
    Object status = asked.arguments().get("statusCode");
    return exchanges(
        instance,
        window,
        e ->
            (method == null || e.method().equals(method))
                && (path == null || e.path().equals(path))
                && (status == null || status.equals(e.status())));
  }

  private Object requests(Asked asked) {
    Window window = Window.of(asked, "stepSeconds", world.now());
    return Map.of("samples", counts(asked(asked, window), window));
  }

  private static List<Map<String, Object>> counts(List<Exchanged> exchanges, Window window) {
    return samples(
        exchanges.stream()
            .collect(
                Collectors.groupingBy(
                    e -> window.sample(e.at()), TreeMap::new, Collectors.summingDouble(e -> 1))));
  }

  private Object requestsByStatus(Asked asked) {
    Window window = Window.of(asked, "stepSeconds", world.now());
    Map<Integer, List<Exchanged>> byStatus =
        asked(asked, window).stream()
            .collect(Collectors.groupingBy(Exchanged::status, TreeMap::new, Collectors.toList()));
    return byStatus.entrySet().stream()
        .map(e -> Map.of("statusCode", e.getKey(), "samples", counts(e.getValue(), window)))
        .toList();
  }

  private Object durations(Asked asked) {
    Window window = Window.of(asked, "stepSeconds", world.now());
    Map<Long, List<Exchanged>> bySample =
        asked(asked, window).stream()
            .collect(
                Collectors.groupingBy(
                    e -> window.sample(e.at()), TreeMap::new, Collectors.toList()));
    List<Map<String, Object>> samples = new ArrayList<>();
    bySample.forEach((ts, exchanges) -> samples.add(percentiles(ts, exchanges)));
    return Map.of("samples", samples);
  }

  private static Map<String, Object> percentiles(long ts, List<Exchanged> exchanges) {
    List<Long> sorted = exchanges.stream().map(Exchanged::milliseconds).sorted().toList();
    Map<String, Object> view = new TreeMap<>(Map.of("ts", (int) ts));
    for (int percent : new int[] {50, 90, 95, 99}) {
      int index = (int) Math.ceil(percent / 100.0 * sorted.size()) - 1;
      view.put("p" + percent, (double) sorted.get(Math.max(0, index)));
    }
    return view;
  }
}
