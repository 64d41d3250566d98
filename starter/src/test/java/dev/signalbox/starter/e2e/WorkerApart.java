package dev.signalbox.starter.e2e;

import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.starter.demo.WorkerProcess;
import java.util.concurrent.CompletableFuture;

/**
 * The worker as a process of its own, and where it is supervised whoever starts it again: a worker
 * that no engine answers ends with 3, which a busy machine comes to, and an operator's supervisor
 * does not leave it at that.
 */
final class WorkerApart {
  private static final int NO_ENGINE_ANSWERS = 3;

  private final HousePlan plan;
  private final TestEngine engine;
  private final Sandbox sandbox;
  private WorkerProcess process;
  private boolean wanted;

  WorkerApart(HousePlan plan, TestEngine engine, Sandbox sandbox) {
    this.plan = plan;
    this.engine = engine;
    this.sandbox = sandbox;
  }

  synchronized void start() {
    wanted = true;
    process = WorkerProcess.start(plan.directory(), engine.address(), sandbox, plan.variables());
    CompletableFuture<Void> unused = process.exitCode().thenAccept(this::supervise);
  }

  /** SIGKILL, after which nobody starts it again before he is told to. */
  void kill() {
    // Not while it is locked: whoever hears of the end has a thread that the killing needs.
    unwanted().kill();
  }

  private synchronized WorkerProcess unwanted() {
    wanted = false;
    return process;
  }

  private synchronized void supervise(int exitCode) {
    if (wanted && startsAgainAfter(exitCode)) {
      System.out.printf(
          "the worker ended with %d and is started again; its log: %s%n", exitCode, process.log());
      start();
    }
  }

  private boolean startsAgainAfter(int exitCode) {
    return plan.supervised() && exitCode == NO_ENGINE_ANSWERS;
  }

  /**
   * @throws IllegalStateException it has ended by itself, and is not one to be started again
   */
  synchronized void requireAlive() {
    if (!startsAgainAfter(process.exitCode().getNow(0))) {
      process.requireAlive(null);
    }
  }
}
