package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** One line, or one JSON object, for each step that changed: for pipes and programs. */
final class EventView implements ProgressView {
  private final String id;
  private final Printer printer;
  private final Instant start = Instant.now();
  private final Map<String, Step> told = new HashMap<>();

  EventView(String id, Printer printer) {
    this.id = id;
    this.printer = printer;
  }

  @Override
  public void show(PromotionStatus status, List<Step> steps) {
    steps.forEach(this::tell);
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
    Step before = told.put(step.name() + "/" + step.service(), step);
    boolean news =
        before == null
            || before.state() != step.state()
            || !Objects.equals(before.detail(), step.detail());
    if (!news) {
      return;
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("at", Instant.now());
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
    printer.line(
        String.format(
            Locale.ROOT,
            "%.1fs  %s%s  %s%s",
            Duration.between(start, Instant.now()).toMillis() / 1000.0,
            step.name(),
            step.service() == null ? "" : " " + step.service(),
            step.state().name().toLowerCase(Locale.ROOT),
            step.detail() == null ? "" : "  " + step.detail()));
  }
}
