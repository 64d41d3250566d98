package dev.signalbox.starter.gateway;

import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, at the gateway's start and every minute from then on, for what no delivery told. */
final class Sweeps {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(Sweeps.class);

  private final DeliverySweep deliveries;
  private final HeadSweep heads;
  private final ScheduledExecutorService clock;
  private boolean mayReadWebhooks = true;

  Sweeps(DeliverySweep deliveries, HeadSweep heads, ScheduledExecutorService clock) {
    this.deliveries = deliveries;
    this.heads = heads;
    this.clock = clock;
  }

  void begin() {
    var unused =
        clock.scheduleWithFixedDelay(
            this::round, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void round() {
    quietly("failed deliveries", this::deliveries);
    quietly("pushes", heads::sweep);
  }

  private void deliveries() {
    if (!mayReadWebhooks) {
      return;
    }
    try {
      deliveries.sweep();
    } catch (ApiException refused) {
      // The same token will be refused again; the pushes are found without that right.
      mayReadWebhooks = refused.kind() != Kind.NOT_FOUND && refused.kind() != Kind.REJECTED;
      throw refused;
    }
  }

  private static void quietly(String what, Runnable look) {
    try {
      look.run();
    } catch (RuntimeException failure) {
      log.warn("{} not swept: {}", what, failure.getMessage());
    }
  }
}
