package dev.signalbox.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.signalbox.activities.http.Reach;
import dev.signalbox.activities.monitor.MonitorActivitiesImpl;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.monitor.Check;
import dev.signalbox.workflows.monitor.Check.Kind;
import dev.signalbox.workflows.monitor.Look;
import dev.signalbox.workflows.monitor.MonitorActivities;
import dev.signalbox.workflows.monitor.MonitorActivities.RoundOrder;
import dev.signalbox.workflows.monitor.MonitorActivities.WatchOrder;
import dev.signalbox.workflows.monitor.Rules;
import dev.signalbox.workflows.monitor.Standing;
import dev.signalbox.workflows.monitor.State;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Ten thousand services watched at ten seconds each: how late a look is, what processor time and
 * memory it takes, and what the bare client takes for the same requests.
 */
final class HealthChecks {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int BARE = 5_000;
  private static final int FEW = 10;

  private final int services;
  private final int turns;

  /**
   * @param turns how often each is looked at
   */
  HealthChecks(int services, int turns) {
    this.services = services;
    this.turns = turns;
  }

  List<Result> measure() throws IOException {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CheckedServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      String url = "http://127.0.0.1:" + said.readLine();
      return measure(url);
    } finally {
      server.destroy();
    }
  }

  private List<Result> measure(String url) throws IOException {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .build();
    bare(client, url, BARE);
    double bare = bare(client, url, BARE);
    // What the bench itself holds is no matter of the watch.
    RoundOrder all = order(checks(url, "/", services));
    // All that a watch of a few takes is no matter of how many there are.
    long few = watch(order(checks(url, "/few-", FEW)), 2).heap();
    long begun = processor();
    Used used = watch(all, turns);
    double looks = used.looks();
    double look = (used.processor() - begun) / looks / 1e6;
    double seconds = EVERY.multipliedBy(turns).toMillis() / 1000.0;
    return List.of(
        Result.of(
            "a look at one of " + services + " services, lateness after the first turn",
            null,
            "ms",
            lateness(client, url)),
        Result.of("the same, processor time of a look", null, "ms", List.of(look)),
        Result.of("a request of the bare client, processor time", null, "ms", List.of(bare)),
        Result.of("the same, ratio", null, "ratio", List.of(look / bare)),
        Result.of(
            "the watch, cores in use",
            null,
            "cores",
            List.of((used.processor() - begun) / 1e9 / seconds)),
        Result.of(
            "the watch, heap of one service",
            null,
            "bytes",
            List.of((double) (used.heap() - few) / (services - FEW))));
  }

  private record Used(long looks, long processor, long heap) {}

  private static Used watch(RoundOrder order, int turns) {
    long[] heap = new long[1];
    TestActivityEnvironment engine = TestActivityEnvironment.newInstance();
    try {
      engine.registerActivitiesImplementations(
          new MonitorActivitiesImpl(
              Set.of("bench"),
              Reach.ofTheInternet().andThisMachine(),
              reference -> {
                throw new IllegalStateException("no database is looked at here");
              },
              (workflow, run, change) -> {},
              Pace.of(Clock.systemUTC())));
      MonitorActivities monitor =
          engine.newActivityStub(
              MonitorActivities.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofHours(1))
                  .setHeartbeatTimeout(Duration.ofHours(1))
                  .build());
      Instant until = Instant.now().plus(EVERY.multipliedBy(turns));
      Thread weigher = new Thread(() -> heap[0] = heapAfter(EVERY.multipliedBy(turns - 1)));
      weigher.start();
      long looks = monitor.watch(new WatchOrder(order, 1, until)).looks();
      return new Used(looks, processor(), heap[0]);
    } finally {
      engine.close();
    }
  }

  private static RoundOrder order(List<Check> checks) {
    return new RoundOrder("bench", "bench", checks, standings(checks), Rules.DEFAULTS, List.of());
  }

  /** As a round leaves them. */
  private static List<Standing> standings(List<Check> checks) {
    Instant now = Instant.now();
    return checks.stream()
        .map(
            check ->
                Standing.unknown(check, now)
                    .after(
                        new Look(
                            State.UP,
                            "2xx from " + check.target().path(),
                            "200",
                            now,
                            Duration.ofNanos(check.name().hashCode() & 0xFFFFFFF)),
                        Rules.DEFAULTS))
        .toList();
  }

  private static long heapAfter(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return heap();
  }

  private static List<Check> checks(String url, String path, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            n ->
                new Check(
                    "service-" + n,
                    "service-" + n,
                    Kind.HEALTH,
                    new Target("service-" + n, url, path + n, null, Map.of(), EVERY, null, 0, null),
                    EVERY,
                    null,
                    List.of()))
        .toList();
  }

  /** Processor time of one request, on a connection of its own, one after another. */
  private static double bare(OkHttpClient client, String url, int requests) throws IOException {
    long begun = processor();
    for (int n = 0; n < requests; n++) {
      get(client, url + "/-/bare");
    }
    return (processor() - begun) / 1e6 / requests;
  }

  private static String get(OkHttpClient client, String url) throws IOException {
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.body().string();
    }
  }

  /** Of each look against its rhythm, which begins with the earliest of its service. */
  private static List<Double> lateness(OkHttpClient client, String url) throws IOException {
    List<Double> late = new ArrayList<>();
    for (String line : get(client, url + "/-/asked").lines().toList()) {
      long[] moments = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).sorted().toArray();
      if (moments.length > 1 && moments.length < 1000) {
        double[] offsets = new double[moments.length];
        for (int turn = 0; turn < moments.length; turn++) {
          offsets[turn] = (moments[turn] - moments[0]) / 1e6 - turn * (double) EVERY.toMillis();
        }
        double earliest = Arrays.stream(offsets).min().orElse(0);
        // The first turn starts a cold machine, and waits for no rhythm yet.
        Arrays.stream(offsets).skip(1).forEach(offset -> late.add(offset - earliest));
      }
    }
    return late;
  }

  private static long processor() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
