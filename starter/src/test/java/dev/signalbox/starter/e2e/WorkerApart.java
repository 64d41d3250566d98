package dev.signalbox.starter.e2e;

import dev.signalbox.sandbox.Sandbox;
import dev.signalbox.starter.demo.WorkerProcess;

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

  WorkerApart(HousePlan plan, TestEngine engine, Sandbox sandbox) {
    this.plan = plan;
    this.engine = engine;
    this.sandbox = sandbox;
  }

  void start() {
    process = WorkerProcess.start(plan.directory(), engine.address(), sandbox, plan.variables());
  }

  /** SIGKILL, after which nobody starts it again before he is told to. */
  void kill() {
    process.kill();
  }

  /**
   * Called by who hears nothing of it.
   *
   * @throws IllegalStateException it has ended by itself, and is not one to be started again
   */
  void requireAlive(RuntimeException otherwise) {
    if (plan.supervised() && process.endedWith(NO_ENGINE_ANSWERS)) {
      System.out.printf(
          "the worker ended with %d and is started again; its log: %s%n",
          NO_ENGINE_ANSWERS, process.log());
      start();
    } else {
      process.requireAlive(otherwise);
    }
  }
}
