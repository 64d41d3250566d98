package dev.signalbox.workflows.promotion;

import dev.signalbox.workflows.approval.ApprovalGate;
import dev.signalbox.workflows.gate.EmergencyDoor;
import dev.signalbox.workflows.gate.Preflight;
import dev.signalbox.workflows.github.PostedText;
import dev.signalbox.workflows.policy.Emergency;
import dev.signalbox.workflows.policy.Person;
import dev.signalbox.workflows.release.ShortCommit;
import dev.signalbox.workflows.release.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says aloud that a promotion is an emergency, once, before anything is done. */
final class EmergencyCall {
  /** The step that says by whom it was called, what it skips and until when. */
  static final String STEP = "emergency";

  private final PromotionRequest request;
  private final Preflight preflight;
  private final ReleaseDesk desk;
  private final Timeline timeline;
  private boolean noted;
  private boolean told;

  EmergencyCall(
      PromotionRequest request, Preflight preflight, ReleaseDesk desk, Timeline timeline) {
    this.request = request;
    this.preflight = preflight;
    this.desk = desk;
    this.timeline = timeline;
  }

  /** Shows it from the start to whoever looks at the promotion. */
  void note() {
    Emergency rule = preflight.pipeline().environment().times().emergency();
    if (preflight.emergency() != null && rule != null && !noted) {
      noted = true;
      timeline.done(STEP, preflight.emergency().terms(rule));
    }
  }

  /**
   * Tells everybody who may approve or call one, on the pull request and in an issue that asks for
   * a review.
   */
  Optional<Ending> announce() {
    Emergency rule = preflight.pipeline().environment().times().emergency();
    if (preflight.emergency() == null || rule == null || told) {
      return Optional.empty();
    }
    told = true;
    String terms = preflight.emergency().terms(rule);
    desk.tellEmergency(
        "Review the emergency promotion of "
            + ShortCommit.of(request.revision())
            + " to "
            + request.environment(),
        "**Emergency**: `"
            + request.revision()
            + "` goes to "
            + request.environment()
            + ", "
            + PostedText.words(terms)
            + ".\n\n- promotion `"
            + PromotionWorkflow.id(request.project(), request.environment(), request.revision())
            + "`\n"
            + skipped(),
        everybody(rule));
    return Optional.empty();
  }

  /** Who may approve, and who may call one: where nobody approves they are left to look at it. */
  private List<String> everybody(Emergency rule) {
    return Stream.concat(
            ApprovalGate.approvers(preflight.pipeline()).stream(),
            preflight.pipeline().people().stream()
                .filter(person -> rule.from().contains(person.group()))
                .map(Person::name))
        .distinct()
        .toList();
  }

  private String skipped() {
    StringBuilder lines = new StringBuilder();
    preflight.gates().stream()
        .filter(EmergencyDoor::passed)
        .forEach(
            gate ->
                lines
                    .append("- ")
                    .append(gate.name())
                    .append(": ")
                    .append(PostedText.words(gate.evidence()))
                    .append('\n'));
    return lines.toString();
  }
}
