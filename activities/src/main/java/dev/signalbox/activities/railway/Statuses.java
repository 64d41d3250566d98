package dev.signalbox.activities.railway;

import dev.signalbox.workflows.railway.Deployment.Status;

/** Railway's deployment statuses, sorted by what a waiting pipeline does. */
final class Statuses {
  private Statuses() {}

  /**
   * WAITING is Railway's own wait for the commit's check suites; it turns into SKIPPED when they
   * are red. SLEEPING is an idle serverless service. Statuses that came later are unknown and
   * waited for.
   *
   * @see <a href="https://docs.railway.com/deployments/reference">Deployments reference</a>
   */
  static Status of(String railway) {
    if (railway == null) {
      return Status.UNKNOWN;
    }
    return switch (railway) {
      case "INITIALIZING", "QUEUED", "BUILDING", "DEPLOYING", "WAITING" -> Status.IN_PROGRESS;
      case "NEEDS_APPROVAL" -> Status.NEEDS_APPROVAL;
      case "SUCCESS", "SLEEPING" -> Status.ACTIVE;
      case "FAILED" -> Status.FAILED;
      case "CRASHED" -> Status.CRASHED;
      case "SKIPPED" -> Status.SKIPPED;
      case "REMOVING", "REMOVED" -> Status.REMOVED;
      default -> Status.UNKNOWN;
    };
  }

  static boolean ended(Status status) {
    return switch (status) {
      case ACTIVE, FAILED, CRASHED, SKIPPED, REMOVED -> true;
      case IN_PROGRESS, NEEDS_APPROVAL, UNKNOWN -> false;
    };
  }
}
