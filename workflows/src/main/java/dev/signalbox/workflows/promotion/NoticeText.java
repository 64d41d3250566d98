package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Delay;
import dev.signalbox.workflows.environment.StandingOrder;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.stream.Collectors;

/** Comments on the pull request while a promotion is under way. */
final class NoticeText {
  private NoticeText() {}

  /** What a person reads when the outcome of something is not known. */
  static String question(String environment, String run, Ask question) {
    return "**Question** about "
        + environment
        + ": "
        + question.text()
        + "\n\n"
        + question.read()
        + "\n\nAnswer by one of these, with your reason in place of WHY:\n\n"
        + question.answers().stream()
            .map(answer -> "    " + answerBy(run, question, answer))
            .collect(Collectors.joining("\n"));
  }

  /** What a person reads when something takes long; there is nothing to decide. */
  static String delay(PromotionRequest request, Delay delay) {
    return "**Takes too long** in "
        + request.environment()
        + ": "
        + (delay.service() == null ? "" : delay.service() + " is ")
        + PostedText.words(delay.sentence())
        + ". At the limit it ends as *timed out*.";
  }

  /** What everybody who may approve reads when one of them lets a promotion pass a freeze. */
  static String override(String revision, String environment, StandingOrder pass) {
    return "**Freeze overridden**: "
        + ShortCommit.of(revision)
        + " goes to "
        + environment
        + " although it is frozen. "
        + PostedText.words(pass.person())
        + " let it pass: "
        + PostedText.words(pass.reason());
  }

  private static String answerBy(String run, Ask question, String answer) {
    return "signalbox resolve "
        + run
        + " --question "
        + question.id()
        + " --as "
        + answer
        + " --reason \"WHY\"";
  }
}
