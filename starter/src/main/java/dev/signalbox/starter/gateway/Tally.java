package dev.signalbox.starter.gateway;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts what comes in: {@code signalbox_gateway_requests_total} by door and outcome. */
final class Tally {
  private final MeterRegistry registry;

  Tally(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(String door, Outcome outcome) {
    registry
        .counter("signalbox_gateway_requests", "door", door, "outcome", outcome.label())
        .increment();
  }
}
