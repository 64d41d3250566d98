package dev.signalbox.bench;

import dev.signalbox.sandbox.Journal;
import dev.signalbox.starter.demo.WorkerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SIGKILL of the worker while it waits for a deployment, and a new one at once: time until the
 * promotion's next call, and until it is live.
 */
final class Recovery {
  /** What the dead worker had sent is still being answered this long. */
  private static final Duration LAST_WORDS = Duration.ofMillis(200);

  private final Site site;
  private final int kills;

  Recovery(Site site, int kills) {
    this.site = site;
    this.kills = kills;
  }

  List<Result> measure(String environment) {
    List<Double> progress = new ArrayList<>();
    WorkerProcess worker = start();
    try {
      for (int n = 0; n < kills; n++) {
        site.awaitWorker(environment);
        site.release("4s");
        int mark = site.sandbox().journal().last();
        String id = site.promote(environment);
        Site.await(
            () ->
                site.calls(mark, "railway").stream()
                        .filter(entry -> entry.operation().equals("deployment"))
                        .count()
                    > 1);
        worker.kill();
        Instant killed = Instant.now();
        worker = start();
        Site.await(() -> after(mark, killed).isPresent());
        progress.add(Site.seconds(killed, after(mark, killed).orElseThrow().at()));
        site.end(id);
      }
    } finally {
      worker.kill();
    }
    return List.of(
        Result.of(
            "SIGKILL of the worker, until the next call", site.engine().name(), "s", progress));
  }

  private Optional<Journal.Entry> after(int mark, Instant killed) {
    return site.calls(mark, "railway").stream()
        .filter(entry -> entry.at().isAfter(killed.plus(LAST_WORDS)))
        .findFirst();
  }

  private WorkerProcess start() {
    return WorkerProcess.start(site.directory(), site.engine().address(), site.sandbox());
  }
}
