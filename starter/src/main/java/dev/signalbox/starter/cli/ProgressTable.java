package dev.signalbox.starter.cli;

import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A run as a table that fits its window: a line for each step with its state, its time and its
 * detail, and what it waits for. No line is longer than the window is wide, and there are never
 * more than the window has rows.
 */
final class ProgressTable {
  private static final int TIME = 7;
  private static final int NARROWEST_DETAIL = 8;
  private static final int NARROWEST_NAME = 8;
  private static final int WIDEST_NAME = 26;

  private final boolean colours;

  ProgressTable(boolean colours) {
    this.colours = colours;
  }

  /**
   * The lines of the table.
   *
   * @param silent who gives no answer; first of what is waited for
   */
  List<String> lines(
      PromotionStatus status,
      List<Step> steps,
      List<Unmet> silent,
      Duration elapsed,
      Instant now,
      ScreenSize size) {
    int width = Math.max(1, size.columns() - 1);
    List<String> head = List.of(title(status, elapsed, width));
    List<String> waits = waits(status, silent, width);
    int most = Math.max(2, size.rows() - 1);
    List<String> below = waits.subList(0, Math.min(waits.size(), Math.max(0, most - 3)));
    int room = most - head.size() - below.size();
    List<String> lines = new ArrayList<>(head);
    lines.addAll(newest(steps, now, width, Math.max(1, room)));
    lines.addAll(below);
    return lines;
  }

  private String title(PromotionStatus status, Duration elapsed, int width) {
    String state = "  " + status.state() + "  " + time(elapsed.toMillis() / 1000.0);
    String name = shortened(status.id());
    return paint(
        "1",
        Columns.cut(Columns.cut(name, Math.max(1, width - Columns.width(state))) + state, width));
  }

  /** Without the kind in front, and without the last digits of its revision. */
  private static String shortened(String id) {
    return Columns.printable(id)
        .replaceFirst("^promotion/", "")
        .replaceFirst("([0-9a-f]{7})[0-9a-f]{33}$", "$1");
  }

  /** What does not fit goes from the top: it has ended. */
  private List<String> newest(List<Step> steps, Instant now, int width, int room) {
    int hidden = Math.max(0, steps.size() - room);
    if (hidden > 0) {
      hidden++;
    }
    int nameWidth = nameWidth(steps, width);
    List<String> lines = new ArrayList<>();
    if (hidden > 0) {
      lines.add(paint("2", Columns.cut("  … " + hidden + " earlier steps", width)));
    }
    steps.stream().skip(hidden).map(step -> line(step, now, nameWidth, width)).forEach(lines::add);
    return lines.subList(0, Math.min(lines.size(), room));
  }

  private static int nameWidth(List<Step> steps, int width) {
    int longest = steps.stream().mapToInt(step -> Columns.width(name(step))).max().orElse(0);
    int room = width - 2 - TIME - 1 - 2 - NARROWEST_DETAIL;
    return Math.max(NARROWEST_NAME, Math.min(longest, Math.min(WIDEST_NAME, room)));
  }

  private String line(Step step, Instant now, int nameWidth, int width) {
    String left =
        Columns.fit(name(step), nameWidth) + " " + padded(time(seconds(step, now))) + "  ";
    int room = width - 2 - Columns.width(left);
    String detail = room < 1 ? "" : Columns.cut(detail(step), room);
    return sign(step) + " " + Columns.cut(left + detail, Math.max(1, width - 2)).stripTrailing();
  }

  private static String padded(String time) {
    return " ".repeat(Math.max(0, TIME - time.length())) + time;
  }

  private static String name(Step step) {
    return Columns.printable(
        step.service() == null ? step.name() : step.name() + " " + step.service());
  }

  private static String detail(Step step) {
    return step.detail() == null ? "" : Columns.printable(step.detail());
  }

  private static double seconds(Step step, Instant now) {
    if (step.endedAt() != null) {
      return step.seconds();
    }
    // The engine's clock may be ahead of ours.
    return Math.max(0, Duration.between(step.startedAt(), now).toMillis() / 1000.0);
  }

  private String sign(Step step) {
    return switch (step.state()) {
      case DONE -> paint("32", "✓");
      case FAILED -> paint("31", "✗");
      case SKIPPED -> paint("2", "-");
      case RUNNING -> paint("36", "●");
      case WAITING -> paint("33", "…");
    };
  }

  private List<String> waits(PromotionStatus status, List<Unmet> silent, int width) {
    List<String> lines = new ArrayList<>();
    boolean gates = status.state().equals("gates");
    for (GateResult gate : gates ? status.gates() : List.<GateResult>of()) {
      if (gate.state() != GateResult.State.MET) {
        lines.add(
            Columns.cut(
                "  "
                    + gate.name()
                    + ": "
                    + Columns.printable(gate.evidence())
                    + until(gate.until())
                    + (gate.owner() == null ? "" : " (" + Columns.printable(gate.owner()) + ")"),
                width));
      }
    }
    if (lines.isEmpty()) {
      status.unmet().forEach(unmet -> lines.add(wait(unmet, width)));
    }
    return Stream.concat(silent.stream().map(unmet -> wait(unmet, width)), lines.stream()).toList();
  }

  private static String wait(Unmet unmet, int width) {
    return Columns.cut(
        "  waits for "
            + Columns.printable(unmet.condition())
            + until(unmet.earliest())
            + (unmet.owner() == null ? "" : " (" + Columns.printable(unmet.owner()) + ")"),
        width);
  }

  private static String until(Instant at) {
    return at == null ? "" : ", at the earliest " + Moments.text(at);
  }

  /** As short as it can be read: 4.2s, 58s, 3m07s, 2h05m, 3d04h. */
  static String time(double seconds) {
    long whole = (long) seconds;
    if (whole < 10) {
      return String.format(Locale.ROOT, "%.1fs", seconds);
    }
    if (whole < 60) {
      return whole + "s";
    }
    if (whole < 3600) {
      return whole / 60 + "m" + two(whole % 60) + "s";
    }
    return whole < 86_400
        ? whole / 3600 + "h" + two(whole / 60 % 60) + "m"
        : whole / 86_400 + "d" + two(whole / 3600 % 24) + "h";
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  private String paint(String colour, String text) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
