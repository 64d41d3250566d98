package dev.signalbox.workflows.approval;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.approval.ProofActivities.ProofQuery;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds out whether a decision was sent by a door that can prove it, before it is judged. One after
 * the other, so that the decision that came first is judged first. A decision without a proof costs
 * nothing.
 */
public final class Proofs {
  private final String project;
  private final List<String> addressees;
  private boolean checking;

  /**
   * @param promotionId whose answers are forwarded to this run; null = none
   */
  public Proofs(String project, String promotionId) {
    this.project = project;
    this.addressees =
        Stream.of(Workflow.getInfo().getWorkflowId(), promotionId)
            .filter(Objects::nonNull)
            .toList();
  }

  /**
   * Why nothing counts that comes by a door which is not trusted, and is not proved.
   *
   * @param proof the one that did not hold; null = there was none
   */
  public static String wanted(String door, String proof) {
    return "door "
        + door
        + " counts only with proof here"
        + (proof == null ? "" : ", and this proof is none");
  }

  boolean verified(Answer answer) {
    Workflow.await(() -> !checking);
    if (answer.proof() == null || answer.ask() == null) {
      return false;
    }
    checking = true;
    try {
      return addressees.stream().anyMatch(id -> holds(id, answer));
    } finally {
      checking = false;
    }
  }

  private boolean holds(String addressedTo, Answer answer) {
    return hold(project, ProvenWords.of(addressedTo, answer), answer.proof());
  }

  /**
   * Whether the proof is one of exactly these words; for workflows.
   *
   * @param proof null = there is none
   */
  public static boolean hold(String project, ProvenWords words, String proof) {
    if (proof == null) {
      return false;
    }
    try {
      return Workflow.newLocalActivityStub(ProofActivities.class, ActivityProfiles.local())
          .holds(new ProofQuery(project, words, proof));
    } catch (ActivityFailure unknown) {
      // Not proved is not refused: its door may be trusted.
      Workflow.getLogger(Proofs.class).warn("proof not checked decision={}", words.decisionId());
      return false;
    }
  }
}
