package dev.signalbox.activities.gate;

import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The revision that an environment runs, by what Railway says, where no ledger has recorded it. */
final class RunningRevision {
  private RunningRevision() {}

  /**
   * The running commit that is not the promoted one, if there is such a one: services may differ,
   * and "it runs here already" needs all of them. Empty when nothing runs, and when Railway names
   * no commit of one service: then nobody knows what runs.
   *
   * @param revisionBehind what a recorded merge commit stands for; any other commit is itself
   */
  static Optional<String> of(
      EnvironmentState environment, String promoted, UnaryOperator<String> revisionBehind) {
    List<ServiceDeployment> active =
        environment.services().stream().map(ServiceState::active).filter(Objects::nonNull).toList();
    if (active.stream().anyMatch(deployment -> deployment.revision() == null)) {
      return Optional.empty();
    }
    List<String> running =
        active.stream()
            .map(ServiceDeployment::revision)
            .distinct()
            .map(revisionBehind)
            .distinct()
            .toList();
    return running.stream()
        .filter(commit -> !commit.equals(promoted))
        .findFirst()
        .or(() -> running.stream().findFirst());
  }
}
