package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.ApprovalGate.Outcome;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.Need;
import dev.signalbox.workflows.notify.Card;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.release.Moments;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** An approval in parts, for places that write in their own way, and how it stands. */
final class ApprovalCard {
  /** When it was that it was not decided. */
  static final String WAITING = "while it waited for approval";

  private final Ask ask;
  private final String title;
  private final String link;
  private final List<Part> parts;
  private String decided;

  /**
   * @param link where the whole story is; null = nowhere
   * @param parts of what is asked about; empty ones are left out
   */
  ApprovalCard(Ask ask, String title, String link, List<Part> parts) {
    this.ask = ask;
    this.title = title;
    this.link = link;
    this.parts = List.copyOf(parts);
  }

  /** From now on no answer is wanted. */
  void decided(ApprovalGate.Verdict verdict) {
    decided((verdict.outcome() == Outcome.APPROVED ? "approved " : "") + verdict.sentence());
  }

  /**
   * The run ends before anybody has decided.
   *
   * @param how in one sentence
   */
  void stopped(String how) {
    decided(how + "; no answer is wanted any more");
  }

  /** What was approved is so no longer. */
  void voidBecauseOf(String change) {
    decided("void: " + change);
  }

  private void decided(String sentence) {
    this.decided = sentence;
  }

  /** As it stands now. */
  Card card(Asks asks) {
    Ask now = asks.open().stream().filter(one -> one.id().equals(ask.id())).findFirst().orElse(ask);
    List<Part> all = new ArrayList<>(parts);
    if (decided == null) {
      List<Line> points =
          asks.unticked(now).stream().map(one -> ReleaseParts.line(null, one.text())).toList();
      all.add(new Part("Still to be ticked", points));
    }
    all.add(new Part("May approve", List.of(ReleaseParts.line(null, now.whose()))));
    return new Card(
        Workflow.getInfo().getWorkflowId(),
        ask.id(),
        ask.digest(),
        title,
        link,
        all.stream().filter(part -> !part.lines().isEmpty()).toList(),
        decided == null ? waiting(asks, now) : decided,
        decided == null,
        Boolean.TRUE.equals(ask.reason()));
  }

  private static String waiting(Asks asks, Ask ask) {
    List<String> given = asks.approvers(ask.id());
    List<Need> missing = asks.missing(ask);
    return (given.isEmpty() ? "" : "yes by " + String.join(", ", given) + "; ")
        + (missing.isEmpty() ? "enough" : "still wanted: " + Need.words(missing))
        + ", until "
        + Moments.text(ask.expires());
  }
}
