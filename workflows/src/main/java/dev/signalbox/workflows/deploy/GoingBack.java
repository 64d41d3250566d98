package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.approval.Questions;
import dev.signalbox.workflows.policy.EnvironmentPolicy.RollbackMode;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.rollback.Rescue;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The decision to put a former set back after trouble, and what a run comes to by it. */
final class GoingBack {
  private GoingBack() {}

  /**
   * Whether the policy allows it; where it says so, a person is asked.
   *
   * @param question without what happened
   * @param known what the person should know; read only when there is a question
   */
  static boolean allowed(
      RollbackMode mode,
      Questions questions,
      String question,
      Trouble trouble,
      Supplier<String> known) {
    if (mode != RollbackMode.ASK) {
      return mode == RollbackMode.AUTOMATIC;
    }
    return questions
        .ask(
            "rescue",
            question + " " + trouble.detail(),
            known.get(),
            List.of("rollback", "accept"),
            Optional::empty)
        .equals("rollback");
  }

  /** How a run ends whose rescue ended so. */
  static Result result(Trouble trouble, Rescue.End rescue) {
    if (!rescue.restored()) {
      return Result.FAILED;
    }
    boolean wentBack = rescue.touched() && trouble.result() != Result.CANCELLED;
    return wentBack ? Result.ROLLED_BACK : trouble.result();
  }

  /** What happened, and what the rescue came to. */
  static String detail(Trouble trouble, Rescue.End rescue) {
    return trouble.detail() + (rescue.restored() ? "; " : "; rescue: ") + rescue.detail();
  }

  /** Their ids, as a person finds them at Railway. */
  static List<String> ids(List<ServiceDeployment> set) {
    return set.stream().map(ServiceDeployment::id).toList();
  }
}
