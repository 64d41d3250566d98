package dev.signalbox.starter.e2e;

import dev.signalbox.starter.engine.InProcessEngine;

/** The Temporal server that a house stands on. */
interface TestEngine extends AutoCloseable {
  /** {@code host:port}; the same for as long as it lives. */
  String address();

  @Override
  void close();

  /** Temporal's test server in this process. */
  static TestEngine inProcess() {
    InProcessEngine engine = InProcessEngine.start();
    return new TestEngine() {
      @Override
      public String address() {
        return engine.address();
      }

      @Override
      public void close() {
        engine.close();
      }
    };
  }
}
