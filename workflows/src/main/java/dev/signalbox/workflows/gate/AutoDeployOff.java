package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.railway.ServiceState.Trigger;
import dev.signalbox.workflows.release.ShortCommit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One and no more pulls the trigger: Railway does not deploy the target's pushes by itself, or it
 * does so for every service and its deployments are the ones that are observed.
 *
 * @param merges whether the promotion merges, so that there is a push to deploy by
 */
record AutoDeployOff(
    AutoDeploy policy,
    String repository,
    String branch,
    List<ServicePolicy> services,
    boolean merges)
    implements Gate {
  private static final String NAME = "auto-deploy";

  static AutoDeployOff of(Pipeline pipeline) {
    return new AutoDeployOff(
        pipeline.environment().autoDeploy(),
        pipeline.project().github(),
        pipeline.environment().branch(),
        pipeline.services(),
        pipeline.source() != null);
  }

  @Override
  public GateResult judge(Facts facts) {
    if (facts.target() == null) {
      return Gates.unread(NAME, "Railway", facts);
    }
    if (policy == AutoDeploy.OBSERVE) {
      return observed(facts);
    }
    List<String> racing =
        facts.target().services().stream()
            .filter(service -> !service.triggers().isEmpty())
            .map(AutoDeployOff::describe)
            .toList();
    if (racing.isEmpty()) {
      return GateResult.met(NAME, "Railway deploys nothing here by itself");
    }
    String evidence = "Railway deploys by itself: " + String.join(", ", racing);
    return policy == AutoDeploy.SWITCH_OFF
        ? GateResult.met(
            NAME,
            evidence + "; the trigger is removed before the merge (auto_deploy = \"switch-off\")")
        : GateResult.failed(
            NAME,
            evidence
                + "; switch it off in Railway, or set auto_deploy = \"switch-off\" or \"observe\"",
            "operators");
  }

  private GateResult observed(Facts facts) {
    if (!merges) {
      return GateResult.met(
          NAME,
          "nothing is merged that Railway could deploy: each service is deployed by its commit");
    }
    String merged = facts.release() == null ? null : facts.release().merged();
    List<String> idle =
        names(service -> trigger(service, facts).isEmpty() && !has(service, merged, facts));
    if (!idle.isEmpty()) {
      return nothingToObserve(idle, merged);
    }
    List<String> waiting =
        names(service -> trigger(service, facts).filter(Trigger::waitsForChecks).isPresent());
    String all = String.join(", ", names(service -> true));
    return GateResult.met(
        NAME,
        (merged == null
                ? "Railway deploys " + all + " itself when " + branch + " moves"
                : branch
                    + " has it already, as "
                    + ShortCommit.of(merged)
                    + ": what Railway deploys of that itself is followed for "
                    + all
                    + ", and only where it has ended a service is deployed by its commit")
            + (waiting.isEmpty()
                ? ""
                : "; it waits there for every check suite of the commit (\"Wait for CI\") before "
                    + String.join(", ", waiting)));
  }

  private GateResult nothingToObserve(List<String> idle, String merged) {
    return GateResult.failed(
        NAME,
        "Railway does not deploy "
            + String.join(", ", idle)
            + " when "
            + branch
            + " moves"
            + (merged == null ? "" : ", and runs nothing of " + ShortCommit.of(merged) + " there")
            + ", so there would be nothing to observe; let "
            + branch
            + " of "
            + repository
            + " deploy there, or set auto_deploy = \"refuse\"",
        "operators");
  }

  private List<String> names(Predicate<ServicePolicy> which) {
    return services.stream().filter(which).map(ServicePolicy::name).toList();
  }

  /** Whether Railway serves this commit already, or deployed it last. */
  private static boolean has(ServicePolicy service, String commit, Facts facts) {
    return commit != null
        && facts.target().service(service.railway()).stream()
            .flatMap(state -> Stream.of(state.active(), state.latest()))
            .anyMatch(one -> one != null && commit.equals(one.revision()));
  }

  private Optional<Trigger> trigger(ServicePolicy service, Facts facts) {
    return facts.target().service(service.railway()).stream()
        .flatMap(state -> state.triggers().stream())
        .filter(trigger -> branch.equals(trigger.branch()))
        .filter(trigger -> repository.equalsIgnoreCase(trigger.repository()))
        .findFirst();
  }

  private static String describe(ServiceState service) {
    return service.railway() + " on a push to " + service.triggers().get(0).branch();
  }
}
