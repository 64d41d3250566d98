package dev.signalbox.starter.cli;

import dev.signalbox.starter.Described;
import dev.signalbox.starter.Pause;
import dev.signalbox.starter.RunSteps;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stays with a run until it is over, and tells each step as it changes. */
final class Following {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private static final Duration BETWEEN_SILENCES = Duration.ofSeconds(3);

  /** A worker that is restarted meanwhile is no reason to leave. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private final SignalboxClient client;
  private final String id;
  private final String revision;
  private final RunSteps steps;
  private final SilentSystems silent;
  private final Printer printer;
  private final ProgressView view;
  private final boolean endsWithUs;
  private final Instant start = Instant.now();
  private final Set<String> asked = new HashSet<>();
  private final Set<Result> good;
  private Instant silentSince;
  private Instant silencesAt = Instant.MIN;

  /**
   * @param good how the run may end for the command to have done what it was asked
   * @param endsWithUs whether the engine is in this process, so that an interrupt ends the run too
   */
  Following(
      SignalboxClient client,
      RequestAnswer answer,
      String environment,
      Printer printer,
      ProgressView view,
      Set<Result> good,
      boolean endsWithUs) {
    this.client = client;
    this.id = answer.id();
    this.revision = answer.revision();
    this.steps = new RunSteps(client, environment);
    this.silent = new SilentSystems(client);
    this.printer = printer;
    this.view = view;
    this.good = Set.copyOf(good);
    this.endsWithUs = endsWithUs;
  }

  /**
   * Looks until the run has ended, and answers the exit code.
   *
   * @param stopAtAsks whether to leave when a person must answer
   */
  int until(Duration longest, boolean stopAtAsks) {
    AtomicBoolean over = new AtomicBoolean();
    Thread goodbye = new Thread(() -> goodbye(over));
    Runtime.getRuntime().addShutdownHook(goodbye);
    try {
      return look(start.plus(longest), stopAtAsks);
    } finally {
      over.set(true);
      forget(goodbye);
    }
  }

  private int look(Instant deadline, boolean stopAtAsks) {
    while (true) {
      Optional<PromotionStatus> found = Optional.empty();
      try {
        found = client.status(id);
        found.ifPresent(this::tell);
        if (found.isPresent() && found.get().result() != null) {
          return ended(found.get().result());
        }
        if (gone()) {
          return endedWithoutResult();
        }
        silentSince = null;
      } catch (TroubleException silence) {
        bear(silence);
      }
      if (stopAtAsks && found.isPresent() && !found.get().asks().isEmpty()) {
        return leave(found, "it stands at a question: " + id);
      }
      if (Instant.now().isAfter(deadline)) {
        return leave(found, "still under way: " + id + " (`signalbox why " + id + "`)");
      }
      Pause.of(BETWEEN_LOOKS);
    }
  }

  private int leave(Optional<PromotionStatus> found, String sentence) {
    printer.object(
        result(
            id,
            revision,
            "waiting",
            found.map(PromotionStatus::digest).orElse(null),
            found.map(PromotionStatus::steps).orElse(null)));
    printer.line(sentence);
    return Exit.WAITING;
  }

  private int endedWithoutResult() {
    printer.object(result(id, revision, "failed", null, null));
    printer.line("it ended without a result: " + id);
    return Exit.NOT_SO;
  }

  private void bear(TroubleException silence) {
    Instant now = Instant.now();
    if (silentSince == null) {
      silentSince = now;
      view.aside("No answer at the moment; the run goes on. " + silence.trouble().next());
    } else if (silentSince.plus(LONGEST_SILENCE).isBefore(now)) {
      throw silence;
    }
  }

  private void tell(PromotionStatus status) {
    // The engine must be asked for it each time, and who waits learns of it soon enough.
    if (!Instant.now().isBefore(silencesAt)) {
      view.silences(silent.of(id, status));
      silencesAt = Instant.now().plus(BETWEEN_SILENCES);
    }
    view.show(status, steps.of(status));
    for (Ask ask : status.asks()) {
      if (asked.add(ask.id())) {
        view.asks(id, ask);
      }
    }
  }

  private int ended(PromotionResult end) {
    view.end();
    printer.object(result(id, revision, end.result().word(), end.digest(), end.steps()));
    printer.line(end.result().with(end.detail()));
    return good.contains(end.result()) ? Exit.DONE : Exit.NOT_SO;
  }

  /** Whether the run has ended without leaving a result: terminated, or failed in its own code. */
  private boolean gone() {
    Optional<Described> described = client.describe(id);
    return described.isPresent()
        && !described.get().running()
        && client.status(id).map(status -> status.result() == null).orElse(true);
  }

  /** The last line of {@code --wait}. */
  static Map<String, Object> result(
      String id, String revision, String result, String digest, List<Step> steps) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("event", "result");
    shown.put("id", id);
    shown.put("revision", revision);
    shown.put("result", result);
    shown.put("digest", digest);
    shown.put(
        "steps",
        (steps == null ? List.<Step>of() : steps).stream().map(Following::object).toList());
    return shown;
  }

  private static Map<String, Object> object(Step step) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", step.name());
    if (step.service() != null) {
      shown.put("service", step.service());
    }
    shown.put("state", step.state());
    shown.put("seconds", step.seconds());
    return shown;
  }

  private void goodbye(AtomicBoolean over) {
    if (!over.get()) {
      printer.aside(
          endsWithUs
              ? "Interrupted: the engine was in this process, so this run ends here: " + id
              : "Interrupted: the run goes on: " + id + " (`signalbox why " + id + "`)");
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      // The process ends: the hook has run or is about to.
      Thread.onSpinWait();
    }
  }
}
