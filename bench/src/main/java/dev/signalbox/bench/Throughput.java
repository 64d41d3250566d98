package dev.signalbox.bench;

import dev.signalbox.bench.BareWorkflow.BareActivitiesImpl;
import dev.signalbox.bench.BareWorkflow.BareWorkflowImpl;
import dev.signalbox.bench.Costs.Shape;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Promotions per second, as many in flight as there are environments, against bare workflows of the
 * same shape. A slice of one, a slice of the other.
 */
final class Throughput {
  private final Site site;
  private final List<String> environments;
  private final Shape shape;
  private final int slices;

  Throughput(Site site, List<String> environments, Shape shape, int slices) {
    this.site = site;
    this.environments = environments;
    this.shape = shape;
    this.slices = slices;
  }

  List<Result> measure() {
    WorkerFactory factory = WorkerFactory.newInstance(site.temporal());
    Worker worker = factory.newWorker(BareWorkflow.QUEUE);
    worker.registerWorkflowImplementationTypes(BareWorkflowImpl.class);
    worker.registerActivitiesImplementations(new BareActivitiesImpl());
    factory.start();
    List<Double> promotions = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    try {
      together(unused -> bare());
      for (int slice = 0; slice < slices; slice++) {
        double without = together(unused -> bare());
        site.release("30ms");
        double with = together(environment -> site.end(site.promote(environment)));
        bare.add(without);
        promotions.add(with);
        ratios.add(with / without);
      }
    } finally {
      factory.shutdownNow();
    }
    String engine = site.engine().name();
    String inFlight = ", " + environments.size() + " in flight";
    return List.of(
        Result.of("promotions" + inFlight, engine, "per second", promotions),
        Result.of("bare workflows of that shape" + inFlight, engine, "per second", bare),
        Result.of("promotions to bare workflows", engine, "ratio", ratios));
  }

  private double together(Consumer<String> one) {
    ExecutorService threads = Executors.newFixedThreadPool(environments.size());
    try {
      Instant began = Instant.now();
      List<CompletableFuture<Void>> all =
          environments.stream()
              .map(e -> CompletableFuture.runAsync(() -> one.accept(e), threads))
              .toList();
      all.forEach(CompletableFuture::join);
      return environments.size() / Site.seconds(began, Instant.now());
    } finally {
      threads.shutdown();
    }
  }

  private void bare() {
    BareWorkflow workflow =
        site.temporal()
            .newWorkflowStub(
                BareWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue(BareWorkflow.QUEUE).build());
    WorkflowClient.start(workflow::run, shape.parent(), shape.local(), shape.child());
    WorkflowStub.fromTyped(workflow).getResult(Void.class);
  }
}
