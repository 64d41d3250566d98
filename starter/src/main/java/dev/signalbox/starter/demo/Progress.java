package dev.signalbox.starter.demo;

import dev.signalbox.starter.RunSteps;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at a promotion and its deploy, and tells each step as it changes; a dead worker is waited
 * for.
 */
final class Progress {
  private final Telling telling;
  private final SignalboxClient client;
  private final String id;
  private final RunSteps steps;
  private final Instant start = Instant.now();
  private final Map<String, Step.State> told = new HashMap<>();
  private final Set<String> asks = new HashSet<>();

  Progress(Telling telling, SignalboxClient client, String id) {
    this.telling = telling;
    this.client = client;
    this.id = id;
    this.steps = new RunSteps(client, Stage.PRODUCTION);
  }

  /** Empty while no worker answers. */
  Optional<PromotionStatus> look() {
    try {
      Optional<PromotionStatus> status = client.status(id);
      status.ifPresent(this::tell);
      return status;
    } catch (TroubleException noWorker) {
      return Optional.empty();
    }
  }

  boolean firstSeen(Ask ask) {
    return asks.add(ask.id());
  }

  private void tell(PromotionStatus status) {
    steps.of(status).forEach(this::tell);
  }

  private void tell(Step step) {
    if (told.put(step.name() + "/" + step.service(), step.state()) == step.state()) {
      return;
    }
    telling.line(
        String.format(
            Locale.ROOT,
            "%6.1fs  %-9s %-9s %-8s %s",
            Duration.between(start, Instant.now()).toMillis() / 1000.0,
            step.name(),
            step.service() == null ? "" : step.service(),
            step.state().name().toLowerCase(Locale.ROOT),
            step.detail() == null ? "" : step.detail()));
  }
}
