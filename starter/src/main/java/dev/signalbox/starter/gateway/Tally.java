package dev.signalbox.starter.gateway;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what comes in: {@code signalbox_gateway_requests_total} by door and outcome; and what
 * nobody could be answered: {@code signalbox_gateway_unanswered_total} by door.
 */
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

  void unanswered(String door) {
    registry.counter("signalbox_gateway_unanswered", "door", door).increment();
  }
}
