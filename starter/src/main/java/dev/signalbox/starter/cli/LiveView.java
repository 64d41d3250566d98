package dev.signalbox.starter.cli;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.release.Step;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The table on a terminal, drawn again in place. What is asked stands above it and stays, so that
 * its commands can be copied.
 */
final class LiveView implements ProgressView {
  private static final String TO_END_OF_LINE = "\u001b[K";
  private static final String TO_END_OF_SCREEN = "\u001b[J";
  private static final Pattern PAINT = Pattern.compile("\u001b\\[[0-9;]*m");

  private final PrintStream out;
  private final Supplier<ScreenSize> size;
  private final ProgressTable table;
  private final Instant start = Instant.now();
  private List<String> drawn = List.of();

  LiveView(PrintStream out, Supplier<ScreenSize> size, ProgressTable table) {
    this.out = out;
    this.size = size;
    this.table = table;
  }

  @Override
  public synchronized void show(PromotionStatus status, List<Step> steps) {
    ScreenSize window = size.get();
    Instant now = Instant.now();
    List<String> lines = table.lines(status, steps, Duration.between(start, now), now, window);
    StringBuilder page = new StringBuilder(back(window));
    lines.forEach(line -> page.append(line).append(TO_END_OF_LINE).append('\n'));
    out.print(page.append(TO_END_OF_SCREEN));
    out.flush();
    drawn = new ArrayList<>(lines);
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
    lines.forEach(line -> page.append(Columns.indented(line)).append('\n'));
    out.print(page);
    out.flush();
    drawn = List.of();
  }

  /** To the table's first row. A window that became narrower has broken its lines anew. */
  private String back(ScreenSize window) {
    int rows =
        drawn.stream()
            .mapToInt(line -> Columns.width(PAINT.matcher(line).replaceAll("")))
            .map(width -> Math.max(1, (width + window.columns() - 1) / window.columns()))
            .sum();
    int up = Math.min(rows, window.rows() - 1);
    return up == 0 ? "\r" : "\r\u001b[" + up + "A";
  }
}
