package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.notify.Card;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.release.Moments;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Questions as people meet them: a notice, and at chat a card with a button for each answer,
 * changed in place to what was answered.
 */
final class AskedQuestions {
  private final Asks asks;
  private final NoticeBoard board;
  private final String environment;
  private final Supplier<Pipeline> pipeline;

  AskedQuestions(Asks asks, NoticeBoard board, String environment, Supplier<Pipeline> pipeline) {
    this.asks = asks;
    this.board = board;
    this.environment = environment;
    this.pipeline = pipeline;
  }

  /** Puts one before people; a cancel of the run does not keep that. */
  void tell(Ask question) {
    Workflow.newDetachedCancellationScope(
            () -> {
              board.showCard(question.id(), () -> card(question));
              board.tell(
                  Event.QUESTION,
                  question.id(),
                  NoticeText.question(environment, Workflow.getInfo().getWorkflowId(), question),
                  ApprovalGate.approvers(pipeline.get()));
            })
        .run();
  }

  /** As it stands now. */
  private Card card(Ask question) {
    boolean open =
        asks.answer(question.id()).isEmpty()
            && asks.open().stream().anyMatch(ask -> ask.id().equals(question.id()));
    List<Line> lines = new ArrayList<>();
    lines.add(ReleaseParts.line(null, question.text()));
    if (question.read() != null) {
      lines.add(ReleaseParts.line(null, question.read()));
    }
    return new Card(
        Workflow.getInfo().getWorkflowId(),
        question.id(),
        null,
        "Question about " + environment,
        board.link(),
        List.of(new Part(null, lines)),
        open ? "asked since " + Moments.text(question.askedAt()) : answered(question),
        open,
        true,
        question.answers());
  }

  private String answered(Ask question) {
    return asks.answer(question.id()).map(AskedQuestions::words).orElse("no answer is wanted");
  }

  private static String words(Decision answer) {
    return "answered " + answer.verdict() + " by " + answer.person() + ": " + answer.reason();
  }
}
