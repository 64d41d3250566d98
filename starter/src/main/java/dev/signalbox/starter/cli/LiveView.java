package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.Step;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The table on a terminal, drawn again in place. What is asked stands above it and stays, so that
 * its commands can be copied.
 */
final class LiveView implements ProgressView {
  private static final String TO_END_OF_LINE = "\u001b[K";
  private static final String TO_END_OF_SCREEN = "\u001b[J";
  private static final String CLEAR = "\u001b[H\u001b[2J";
  private static final int MOST_SAID = 40;

  private final PrintStream out;
  private final Supplier<ScreenSize> size;
  private final ProgressTable table;
  private final Instant start = Instant.now();
  private final List<String> said = new ArrayList<>();
  private List<String> drawn = List.of();
  private List<Unmet> silent = List.of();
  private ScreenSize before;

  LiveView(PrintStream out, Supplier<ScreenSize> size, ProgressTable table) {
    this.out = out;
    this.size = size;
    this.table = table;
  }

  @Override
  public synchronized void show(PromotionStatus status, List<Step> steps) {
    ScreenSize window = size.get();
    Instant now = Instant.now();
    List<String> lines =
        table.lines(status, steps, silent, Duration.between(start, now), now, window);
    StringBuilder page = new StringBuilder(back(window));
    lines.forEach(line -> page.append(line).append(TO_END_OF_LINE).append('\n'));
    out.print(page.append(TO_END_OF_SCREEN));
    out.flush();
    drawn = new ArrayList<>(lines);
  }

  @Override
  public synchronized void silences(List<Unmet> now) {
    silent = List.copyOf(now);
  }

  @Override
  public synchronized void note(String line) {
    above(List.of(line));
  }

  @Override
  public synchronized void asks(String id, Ask ask) {
    above(Asking.lines(id, ask));
  }

  @Override
  public synchronized void aside(String text) {
    above(List.of(text));
  }

  @Override
  public void end() {}

  /** Lines that stay, where the table stood; it comes again below them. */
  private void above(List<String> lines) {
    StringBuilder page = new StringBuilder(back(size.get())).append(TO_END_OF_SCREEN);
    for (String line : lines) {
      said.add(Columns.indented(line));
      page.append(Columns.indented(line)).append('\n');
    }
    drawn.forEach(line -> page.append(line).append('\n'));
    out.print(page);
    out.flush();
    if (said.size() > MOST_SAID) {
      said.subList(0, said.size() - MOST_SAID).clear();
    }
  }

  /**
   * To the table's first row. Where that is nobody knows once the window has another size, because
   * terminals break their lines anew in different ways: then all is written again from the top.
   */
  private String back(ScreenSize window) {
    boolean resized = before != null && !before.equals(window);
    before = window;
    if (resized) {
      StringBuilder page = new StringBuilder(CLEAR);
      said.forEach(line -> page.append(line).append('\n'));
      return page.toString();
    }
    int up = Math.min(drawn.size(), window.rows() - 1);
    return up == 0 ? "\r" : "\r\u001b[" + up + "A";
  }
}
