package dev.signalbox.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.workers.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Measures everything, one thing after another, and ends. Results go to standard output as rows of
 * a table, and as JSON lines into the file of {@code --out}.
 */
public final class Bench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PRODUCTION = "production";

  private final boolean quick;
  private final boolean all;
  private final Path out;
  private final Path directory;

  private Bench(boolean quick, boolean all, Path out) throws IOException {
    this.quick = quick;
    this.all = all;
    this.out = out;
    this.directory = Files.createTempDirectory("signalbox-bench");
  }

  /**
   * @param arguments {@code --quick} for fewer samples, {@code --databases} for those of databases
   *     only, {@code --out=FILE} for JSON lines
   */
  public static void main(String[] arguments) throws Exception {
    Path out = null;
    boolean quick = false;
    boolean all = true;
    for (String argument : arguments) {
      if (argument.equals("--quick")) {
        quick = true;
      } else if (argument.equals("--databases")) {
        all = false;
      } else if (argument.startsWith("--out=")) {
        out = Path.of(argument.substring("--out=".length()));
      } else {
        say("unknown argument " + argument + "; --quick, --databases and --out=FILE are known");
        System.exit(2);
      }
    }
    int code = 1;
    try {
      new Bench(quick, all, out).run();
      code = 0;
    } catch (Exception failure) {
      Thread here = Thread.currentThread();
      here.getUncaughtExceptionHandler().uncaughtException(here, failure);
    } finally {
      // Threads of what was measured must not keep it from ending, however it ends.
      System.exit(code);
    }
  }

  private void run() throws Exception {
    say("| what | engine | p25 | p50 | p75 | p99 | unit | n |");
    say("|---|---|---|---|---|---|---|---|");
    databases();
    if (!all) {
      return;
    }
    on(BenchEngine::test, "test");
    String binary = System.getenv("TEMPORAL_CLI");
    if (binary != null) {
      on(() -> BenchEngine.dev(binary, directory), "dev");
    }
    report(new DeadTimes(quick ? 1 : 3).measure());
    report(new HealthChecks(10_000, quick ? 3 : 12).measure());
  }

  private void databases() throws Exception {
    try (SchemaSite site = new SchemaSite(directory.resolve("databases"))) {
      report(new Migrations(site, quick ? 3 : 10, quick ? 100_000 : 500_000).measure());
      report(new Backups(site, quick ? 3 : 10, quick ? 200_000 : 4_000_000).measure());
      report(new LockBudget(site, 10_000_000).measure());
    }
  }

  private void on(Supplier<BenchEngine> engines, String name) throws Exception {
    List<String> environments = IntStream.rangeClosed(1, 8).mapToObj(n -> "live-" + n).toList();
    try (BenchEngine engine = engines.get();
        Site site = new Site(engine, directory.resolve(name), environments)) {
      Wiring worker = site.work(environments.get(0));
      try {
        Costs costs = new Costs(site, quick ? 2 : 5);
        report(costs.measure(environments.get(0)));
        report(new Throughput(site, environments, costs.shape(), quick ? 3 : 10).measure());
        report(new Webhooks(site, environments, quick ? 100 : 1_000).measure());
      } finally {
        worker.close();
      }
    }
    // A server of its own for what dies: nothing of the first site is left to wake up there.
    try (BenchEngine engine = engines.get();
        Site site = new Site(engine, directory.resolve(name + "-kills"), List.of(PRODUCTION))) {
      report(new ColdStarts(site, quick ? 3 : 7).measure(PRODUCTION));
      report(new Recovery(site, quick ? 2 : 5).measure(PRODUCTION));
    }
  }

  private void report(List<Result> results) throws IOException {
    for (Result result : results) {
      say(result.row());
      if (out != null) {
        Files.writeString(
            out,
            JSON.writeValueAsString(result) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    }
  }

  @SuppressWarnings("SystemOut")
  private static void say(String line) {
    System.out.println(line);
  }
}
