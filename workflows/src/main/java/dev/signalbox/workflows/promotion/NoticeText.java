package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.github.PostedText;
import java.util.stream.Collectors;

/** Comments on the pull request while a promotion is under way. */
final class NoticeText {
  private NoticeText() {}

  /** What a person reads when the outcome of something is not known. */
  static String question(PromotionRequest request, Ask question) {
    return "**Question** about "
        + request.environment()
        + ": "
        + question.text()
        + "\n\n"
        + question.read()
        + "\n\nAnswer by one of these, with your reason in place of WHY:\n\n"
        + question.answers().stream()
            .map(answer -> "    " + answerBy(request, question, answer))
            .collect(Collectors.joining("\n"));
  }

  /** What a person reads when something takes long; there is nothing to decide. */
  static String delay(PromotionRequest request, Delay delay) {
    return "**Takes too long** in "
        + request.environment()
        + ": "
        + (delay.service() == null ? "" : delay.service() + " is ")
        + PostedText.line(delay.sentence())
        + ". At the limit it ends as *timed out*.";
  }

  private static String answerBy(PromotionRequest request, Ask question, String answer) {
    return "signalbox resolve "
        + PromotionWorkflow.id(request.project(), request.environment(), request.revision())
        + " --question "
        + question.id()
        + " --as "
        + answer
        + " --reason \"WHY\"";
  }
}
