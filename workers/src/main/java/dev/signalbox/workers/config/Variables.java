package dev.signalbox.workers.config;

import java.util.Map;

/** The worker's whole environment, secrets too: prints as {@code ***}. */
public record Variables(Map<String, String> values) {
  public Variables {
    values = Map.copyOf(values);
  }

  @Override
  public String toString() {
    return "***";
  }
}
