package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One line, or one JSON object, for each step that changed: for pipes and programs. A line more for
 * every minute in which a step runs on: who reads along must see that it does.
 */
final class EventView implements ProgressView {
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private final String id;
  private final Printer printer;
  private final Supplier<Instant> clock;
  private final Instant start;
  private final Map<String, Step> told = new HashMap<>();
  private final Map<String, Instant> toldAt = new HashMap<>();
  private Set<String> silent = Set.of();

  EventView(String id, Printer printer, Supplier<Instant> clock) {
    this.id = id;
    this.printer = printer;
    this.clock = clock;
    this.start = clock.get();
  }

  @Override
  public void show(PromotionStatus status, List<Step> steps) {
    steps.forEach(this::tell);
  }

  /** Each once: that it is silent, and that this is over. */
  @Override
  public void silences(List<Unmet> now) {
    Set<String> systems = now.stream().map(Unmet::owner).collect(Collectors.toSet());
    now.stream()
        .filter(unmet -> !silent.contains(unmet.owner()))
        .forEach(unmet -> silence(unmet.owner(), "silent", unmet.condition()));
    silent.stream()
        .filter(system -> !systems.contains(system))
        .forEach(system -> silence(system, "over", null));
    silent = systems;
  }

  /**
   * @param detail what it was asked, and since when it is silent; null = it has answered, or nobody
   *     asks it any more
   */
  private void silence(String system, String state, String detail) {
    Instant at = clock.get();
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("at", at);
    event.put("id", id);
    event.put("event", "silence");
    event.put("system", system);
    event.put("state", state);
    if (detail != null) {
      event.put("detail", detail);
    }
    printer.object(event);
    printer.line(
        elapsed(at)
            + "  "
            + (detail == null ? "no longer waits for " + system : "waits for " + detail));
  }

  @Override
  public void asks(String asking, Ask ask) {
    Asking.lines(asking, ask).forEach(printer::line);
  }

  @Override
  public void note(String line) {
    printer.line(line);
  }

  @Override
  public void aside(String text) {
    printer.aside(text);
  }

  @Override
  public void end() {}

  private void tell(Step step) {
    String key = step.name() + "/" + step.service();
    Step before = told.put(key, step);
    boolean news =
        before == null
            || before.state() != step.state()
            || !Objects.equals(before.detail(), step.detail());
    Instant now = clock.get();
    if (news) {
      toldAt.put(key, now);
      change(step, now);
    } else if (step.state() == Step.State.RUNNING
        && !toldAt.get(key).plus(LONGEST_SILENCE).isAfter(now)) {
      toldAt.put(key, now);
      String lasting =
          ProgressTable.time(Duration.between(step.startedAt(), now).toMillis() / 1000.0);
      line(step, now, (step.detail() == null ? "" : step.detail() + ", ") + "for " + lasting);
    }
  }

  private void change(Step step, Instant now) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("at", now);
    event.put("id", id);
    event.put("event", "step");
    event.put("step", step.name());
    if (step.service() != null) {
      event.put("service", step.service());
    }
    event.put("state", step.state());
    if (step.detail() != null) {
      event.put("detail", step.detail());
    }
    printer.object(event);
    line(step, now, step.detail());
  }

  private void line(Step step, Instant now, String detail) {
    printer.line(
        String.format(
            Locale.ROOT,
            "%s  %s%s  %s%s",
            elapsed(now),
            step.name(),
            step.service() == null ? "" : " " + step.service(),
            step.state().name().toLowerCase(Locale.ROOT),
            detail == null ? "" : "  " + detail));
  }

  private String elapsed(Instant now) {
    return String.format(Locale.ROOT, "%.1fs", Duration.between(start, now).toMillis() / 1000.0);
  }
}
