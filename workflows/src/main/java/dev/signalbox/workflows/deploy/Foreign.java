package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.release.ServiceDeployment;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What somebody else put in the place of what the ledger recorded: deployments of another commit.
 */
public final class Foreign {
  private Foreign() {}

  /**
   * By the names of the policy; empty too where there is no record, or nothing was read.
   *
   * @param live null = no record
   * @param state null = it was not read
   */
  public static List<ServiceDeployment> of(
      LiveSet live, Pipeline pipeline, EnvironmentState state) {
    if (live == null || live.revision() == null || state == null) {
      return List.of();
    }
    return LastGoodSet.of(pipeline, state).stream()
        .filter(active -> active.revision() != null)
        .filter(active -> !active.revision().equals(live.revision()))
        .filter(active -> !active.revision().equals(live.mergeCommit()))
        .filter(active -> !live.apart().contains(active.service()))
        .filter(active -> !live.has(active.service(), active))
        .toList();
  }

  /** As people read it. */
  public static String words(List<ServiceDeployment> foreign) {
    return foreign.stream()
            .map(one -> one.service() + " runs " + ShortCommit.of(one.revision()))
            .collect(Collectors.joining(", "))
        + ", deployed by somebody else";
  }
}
