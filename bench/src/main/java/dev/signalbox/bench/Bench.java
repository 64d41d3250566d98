package dev.signalbox.bench;

import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.sandbox.SandboxSettings;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.starter.engine.Engine;
import dev.signalbox.workers.Wiring;
import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.WorkerConfig;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.environment.LedgerRequest;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Step;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * What a promotion costs beside the waiting that it cannot avoid, and how the ledger stands many
 * askers. The engine is Temporal's in-memory test server, so the figures bound our own code and not
 * Temporal.
 */
public final class Bench {
  private static final String PROJECT = "inspector";
  private static final String PRODUCTION = "production";
  private static final Set<String> OUTSIDE = Set.of("deploy", "verify", "soak", "approval");
  private static final int PROMOTIONS = 5;
  private static final int ASKERS = 20;

  private final Sandbox sandbox;
  private final WorkflowClient temporal;
  private final SignalboxClient client;

  private Bench(Sandbox sandbox, Engine engine) {
    this.sandbox = sandbox;
    this.temporal = engine.connection().client();
    this.client = new SignalboxClient(engine.connection(), PROJECT);
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("signalbox-bench");
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.demo())) {
      WorkerConfig config = config(sandbox, directory);
      try (Engine engine = Engine.start(config, directory, Wiring.Purpose.EVERYTHING)) {
        Bench bench = new Bench(sandbox, engine);
        bench.promotions();
        bench.askers();
      }
    }
  }

  private static WorkerConfig config(Sandbox sandbox, Path directory) throws IOException {
    sandbox.write(directory);
    Path file = directory.resolve("signalbox.toml");
    Files.writeString(file, Files.readString(file).replace("soak = \"5s\"", "soak = \"1s\""));
    return WorkerConfig.read(
        new Env(
            Map.of(
                "RAILWAY_API_TOKEN", sandbox.railwayToken(),
                "GITHUB_TOKEN", sandbox.githubToken(),
                "SIGNALBOX_RAILWAY_URL", sandbox.railwayUrl(),
                "SIGNALBOX_GITHUB_URL", sandbox.githubUrl(),
                "SIGNALBOX_SERVICE_SCHEME", "http")),
        directory);
  }

  private void promotions() {
    say("promotion  seconds  waiting outside  ours/all  events  github  railway");
    for (int number = 1; number <= PROMOTIONS; number++) {
      if (number > 1) {
        push(number);
      }
      int journal = sandbox.journal().last();
      Instant began = Instant.now();
      PromotionResult result = promote();
      double all = Duration.between(began, Instant.now()).toMillis() / 1000.0;
      double outside =
          result.steps().stream()
              .filter(step -> OUTSIDE.contains(step.name()))
              .mapToDouble(Step::seconds)
              .sum();
      say(
          String.format(
              Locale.ROOT,
              "%9d  %7.1f  %15.1f  %8.2f  %6d  %6d  %7d",
              number,
              all,
              outside,
              (all - outside) / all,
              events(result.id()) + events("deploy/" + PROJECT + "/" + PRODUCTION),
              calls(journal, "github"),
              calls(journal, "railway")));
    }
  }

  private PromotionResult promote() {
    String id = client.promote(PRODUCTION, null, "bob", "bench").id();
    PromotionStatus asked = client.status(id).orElseThrow();
    while (asked.asks().isEmpty()) {
      shortly();
      asked = client.status(id).orElseThrow();
    }
    client.decide(
        id,
        new DecideMessage(
            "approve",
            asked.digest(),
            "ana",
            "bench",
            null,
            null,
            "cli",
            UUID.randomUUID().toString(),
            null));
    return temporal.newUntypedWorkflowStub(id).getResult(PromotionResult.class);
  }

  /** A release that lies ready in staging, so that no gate waits. */
  private void push(int number) {
    String revision =
        sandbox.pushRelease(
            "staging",
            Map.of("backend/release.txt", ("release " + number).getBytes(StandardCharsets.UTF_8)),
            "Release " + number);
    while (!runs("backend", revision) || !runs("frontend", revision)) {
      shortly();
    }
  }

  private boolean runs(String service, String revision) {
    return sandbox
        .railway()
        .active("staging", service)
        .filter(deployment -> deployment.commit().equals(revision))
        .isPresent();
  }

  private static void shortly() {
    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
  }

  private int events(String workflowId) {
    return temporal.fetchHistory(workflowId).getEvents().size();
  }

  private long calls(int since, String door) {
    return sandbox.journal().since(since).stream()
        .filter(entry -> entry.door().equals(door) && entry.status() != 304)
        .count();
  }

  /** Everybody asks for what runs already: the price of the door itself. */
  private void askers() throws Exception {
    double alone = seconds(1) / 1;
    double together = seconds(ASKERS) / ASKERS;
    say("");
    say(
        String.format(
            Locale.ROOT,
            "one asker %.3f s, %d at once %.3f s each: ratio %.2f",
            alone,
            ASKERS,
            together,
            together / alone));
  }

  private double seconds(int askers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(askers);
    try {
      Instant began = Instant.now();
      List<Callable<RequestAnswer>> requests =
          IntStream.range(0, askers).<Callable<RequestAnswer>>mapToObj(one -> this::ask).toList();
      for (Future<RequestAnswer> answer : threads.invokeAll(requests)) {
        answer.get();
      }
      return Duration.between(began, Instant.now()).toMillis() / 1000.0;
    } finally {
      threads.shutdown();
    }
  }

  private RequestAnswer ask() {
    return client.request(
        PRODUCTION,
        new LedgerRequest(
            UUID.randomUUID().toString(), LedgerRequest.Kind.PROMOTE, null, null, "bob", "bench"));
  }

  @SuppressWarnings("SystemOut")
  private static void say(String line) {
    System.out.println(line);
  }
}
