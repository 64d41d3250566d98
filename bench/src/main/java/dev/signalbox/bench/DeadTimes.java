package dev.signalbox.bench;

import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.pace.Pace;
import dev.signalbox.activities.railway.RailwayActivitiesImpl;
import dev.signalbox.activities.railway.RailwayClient;
import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.sandbox.SandboxSettings.ServiceSettings;
import dev.signalbox.workflows.railway.AwaitOrder;
import dev.signalbox.workflows.railway.RailwayActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How long after a deployment's end the wait for it ends: Signalbox, which listens to Railway's
 * subscription and reads, against a loop that reads every ten seconds. Both wait for deployments
 * that take 12 to 32 seconds.
 */
final class DeadTimes {
  private static final Duration POLL = Duration.ofSeconds(10);
  private static final int SERVICES = 12;
  private static final Set<String> ENDED = Set.of("SUCCESS", "FAILED", "CRASHED", "REMOVED");

  private final int slices;
  private final Random random = new Random(7);

  DeadTimes(int slices) {
    this.slices = slices;
  }

  List<Result> measure() {
    List<Double> ours = new ArrayList<>();
    List<Double> loops = new ArrayList<>();
    List<Double> ourReads = new ArrayList<>();
    List<Double> loopReads = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    SandboxSettings settings =
        SandboxSettings.demo()
            .withTiming(SandboxSettings.Timing.QUICK)
            .withServices(
                IntStream.range(0, SERVICES)
                    .mapToObj(n -> new ServiceSettings("service-" + n, "service-" + n, List.of()))
                    .toList());
    try (Sandbox sandbox = Sandbox.start(settings)) {
      for (int slice = 0; slice < slices; slice++) {
        int mark = sandbox.journal().last();
        List<Double> loop = slice(sandbox, 2 * slice, id -> loop(sandbox, id));
        loopReads.add(reads(sandbox, mark));
        mark = sandbox.journal().last();
        List<Double> own = slice(sandbox, 2 * slice + 1, id -> own(sandbox, id));
        ourReads.add(reads(sandbox, mark));
        ours.addAll(own);
        loops.addAll(loop);
        ratios.add(mean(own) / mean(loop));
      }
    }
    return List.of(
        Result.of(
            "dead time after a deployment, Signalbox (poll 10 s, subscription)", null, "s", ours),
        Result.of("dead time after a deployment, read every 10 s", null, "s", loops),
        Result.of("the same, ratio of the means of a slice", null, "ratio", ratios),
        Result.of("reads of a deployment, Signalbox", null, "calls", ourReads),
        Result.of("reads of a deployment, read every 10 s", null, "calls", loopReads));
  }

  private static double mean(List<Double> samples) {
    return samples.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double reads(Sandbox sandbox, int since) {
    return sandbox.journal().since(since).stream()
            .filter(entry -> entry.operation().equals("deployment"))
            .count()
        / (double) SERVICES;
  }

  /** All services at once, each with a build time of its own. */
  private List<Double> slice(Sandbox sandbox, int number, Consumer<String> wait) {
    Map<String, byte[]> files = new HashMap<>();
    for (int n = 0; n < SERVICES; n++) {
      String toml = "build = \"" + (12_000 + random.nextInt(20_000)) + "ms\"\n# " + number;
      files.put("service-" + n + "/sandbox.toml", toml.getBytes(StandardCharsets.UTF_8));
    }
    String revision = sandbox.pushRelease("bench", files, "Slice " + number);
    ExecutorService threads = Executors.newFixedThreadPool(SERVICES);
    try {
      List<CompletableFuture<Double>> waits =
          IntStream.range(0, SERVICES)
              .mapToObj(
                  n ->
                      CompletableFuture.supplyAsync(
                          () -> deadTime(sandbox, "service-" + n, revision, wait), threads))
              .toList();
      return waits.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }

  private static double deadTime(
      Sandbox sandbox, String service, String revision, Consumer<String> wait) {
    String id = sandbox.railway().deploy("production", service, revision).id();
    wait.accept(id);
    Instant noticed = Instant.now();
    Instant ended = sandbox.railway().deployments("production", service).get(0).statusUpdatedAt();
    return Site.seconds(ended, noticed);
  }

  private static RailwayClient client(Sandbox sandbox) {
    return new RailwayClient(
        URI.create(sandbox.railwayUrl()), new Secret(sandbox.railwayToken()), Clock.systemUTC());
  }

  private static void own(Sandbox sandbox, String id) {
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    try {
      environment.registerActivitiesImplementations(
          new RailwayActivitiesImpl(
              client(sandbox),
              Set.of(Site.PROJECT),
              "http",
              Clock.systemUTC(),
              Pace.of(Clock.systemUTC())));
      environment
          .newActivityStub(
              RailwayActivities.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofMinutes(5))
                  .setHeartbeatTimeout(Duration.ofMinutes(1))
                  .build())
          .awaitDeployment(
              new AwaitOrder(
                  Site.PROJECT,
                  "service",
                  id,
                  null,
                  null,
                  Duration.ofMinutes(5),
                  null,
                  POLL,
                  List.of()));
    } finally {
      environment.close();
    }
  }

  private static void loop(Sandbox sandbox, String id) {
    RailwayClient client = client(sandbox);
    while (!ENDED.contains(client.deployment(id).status())) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
