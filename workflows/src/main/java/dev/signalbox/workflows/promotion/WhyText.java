package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.approval.Need;
import dev.signalbox.workflows.gate.GateResult;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.release.Digest;
import dev.signalbox.workflows.release.Moments;
import dev.signalbox.workflows.release.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why a run does not move, in the same words at every door: one line for each condition. */
public final class WhyText {
  /** What Markdown would make something else of, also in the middle of a line. */
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>#|~!&]");

  /** With which a gate begins that is met and has something to say all the same. */
  private static final String WARNING = "warning: ";

  private WhyText() {}

  /**
   * Where it stands, of what release, why it was asked for, whether it is an emergency, and what
   * somebody lets it pass.
   */
  public static List<String> heading(PromotionStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add(status.id() + "  " + status.state());
    if (status.digest() != null) {
      lines.add(
          "digest "
              + Digest.brief(status.digest())
              + (status.alias() == null ? "" : "  " + status.alias()));
    }
    if (status.asked() != null) {
      lines.add("asked for by " + status.asked());
    }
    emergency(status).ifPresent(terms -> lines.add("emergency " + terms));
    status.gates().stream()
        .filter(gate -> gate.state() == State.MET && gate.owner() != null)
        .forEach(
            gate ->
                lines.add(
                    "passes "
                        + gate.name()
                        + ": "
                        + gate.evidence()
                        + (gate.until() == null
                            ? ""
                            : "; else until " + Moments.text(gate.until()))));
    status.gates().stream()
        .filter(gate -> gate.evidence() != null && gate.evidence().startsWith(WARNING))
        .forEach(gate -> lines.add("warns " + gate.name() + ": " + warning(gate)));
    if (status.result() != null) {
      lines.add("ended " + status.result().result().with(status.result().detail()));
    }
    return lines;
  }

  private static String warning(GateResult gate) {
    return gate.evidence().substring(WARNING.length());
  }

  /** Of an emergency: by whom it was called and why, what it may skip and until when. */
  public static Optional<String> emergency(PromotionStatus status) {
    return status.steps().stream()
        .filter(step -> step.name().equals(EmergencyCall.STEP))
        .map(Step::detail)
        .findFirst();
  }

  public static String waiting(Unmet unmet) {
    return "waits for "
        + unmet.condition()
        + (unmet.owner() == null ? "" : "  (" + unmet.owner() + ")")
        + (unmet.earliest() == null ? "" : "  earliest " + Moments.text(unmet.earliest()));
  }

  /** What is asked, of whom, until when; how to answer differs from door to door. */
  public static List<String> asking(Ask ask) {
    List<String> lines = new ArrayList<>();
    lines.add("asks " + ask.id() + ": " + ask.text());
    if (ask.read() != null) {
      lines.add("  " + ask.read());
    }
    if (!ask.from().isEmpty()) {
      lines.add(
          "  "
              + (ask.needs().isEmpty()
                  ? ask.required() + " of " + String.join(", ", ask.from())
                  : Need.words(ask.needs())));
    }
    if (ask.expires() != null) {
      lines.add("  until " + Moments.text(ask.expires()));
    }
    return lines;
  }

  public static String decided(Decision decision) {
    return (decision.person() == null ? "somebody" : decision.person())
        + " said "
        + (decision.verdict() == null ? "nothing" : decision.verdict())
        + (decision.counted()
            ? " to " + question(decision) + " at " + Moments.text(decision.at())
            : ", not counted: " + decision.remark())
        + (decision.voided() == null ? "" : ", void since: " + decision.voided());
  }

  /** To what it was said: a yes is one to a digest. */
  private static String question(Decision decision) {
    return decision.ask()
        + (decision.point() == null ? "" : " \"" + decision.point() + "\"")
        + (decision.digest() == null ? "" : " (digest " + Digest.brief(decision.digest()) + ")");
  }

  /** The line of a run that goes on by itself; empty where it ended, or waits for somebody. */
  public static Stream<String> free(PromotionStatus status, List<Unmet> unmet) {
    return unmet.isEmpty() && status.asks().isEmpty() && status.result() == null
        ? Stream.of("it waits for nobody")
        : Stream.empty();
  }

  /** A list in Markdown in which nothing but our own list signs is markup. */
  public static String markdown(PromotionStatus status) {
    List<String> lines = new ArrayList<>();
    heading(status).forEach(line -> lines.add(item(line)));
    status.unmet().forEach(unmet -> lines.add(item(waiting(unmet))));
    status.asks().forEach(ask -> asking(ask).forEach(line -> lines.add(item(line))));
    status.decisions().forEach(decision -> lines.add(item(decided(decision))));
    free(status, status.unmet()).forEach(line -> lines.add(item(line)));
    return String.join("\n", lines);
  }

  private static String item(String line) {
    return (line.startsWith(" ") ? "  - " : "- ")
        + MARKUP.matcher(PostedText.line(line)).replaceAll("\\\\$0");
  }
}
