package dev.signalbox.workers;

import java.util.List;

/** What a worker says about itself. Safe to ask at any time, also while it starts or stops. */
public interface Health {
  /** Whether the process should go on; false only when it has stopped polling for good. */
  boolean alive();

  /** Why it cannot work now, in sentences; empty = ready. */
  List<String> obstacles();
}
