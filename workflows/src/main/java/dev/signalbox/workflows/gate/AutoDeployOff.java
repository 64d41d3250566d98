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
import java.util.stream.Collectors;
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
    String railwayProject,
    List<ServicePolicy> services,
    boolean merges)
    implements Gate {
  private static final String NAME = "auto-deploy";

  static AutoDeployOff of(Pipeline pipeline) {
    return new AutoDeployOff(
        pipeline.environment().autoDeploy(),
        pipeline.project().github(),
        pipeline.environment().branch(),
        pipeline.home().project(),
        pipeline.services(),
        pipeline.source() != null);
  }

  @Override
  public GateResult judge(Facts facts) {
    if (facts.target() == null) {
      return Gates.unread(NAME, "Railway", facts);
    }
    List<String> gone =
        facts.target().missing(services.stream().map(ServicePolicy::railway).toList());
    if (!gone.isEmpty()) {
      return GateResult.failed(NAME, String.join("; ", gone), "operators");
    }
    if (policy == AutoDeploy.OBSERVE) {
      return observed(facts);
    }
    List<String> racing =
        facts.target().services().stream()
            .filter(service -> !service.awake().isEmpty())
            .map(AutoDeployOff::describe)
            .toList();
    if (racing.isEmpty()) {
      return GateResult.met(NAME, "Railway deploys nothing here by itself" + resting(facts));
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
      return nothingToObserve(idle, merged, facts);
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

  private GateResult nothingToObserve(List<String> idle, String merged, Facts facts) {
    List<ServiceState> off =
        services.stream()
            .filter(service -> idle.contains(service.name()))
            .flatMap(service -> facts.target().service(service.railway()).stream())
            .filter(AutoDeployOff::rests)
            .toList();
    return GateResult.failed(
        NAME,
        "Railway does not deploy "
            + String.join(", ", idle)
            + " when "
            + branch
            + " moves"
            + (merged == null ? "" : ", and runs nothing of " + ShortCommit.of(merged) + " there")
            + ", so there would be nothing to observe; "
            + (off.isEmpty() ? "" : switchOn(off, facts.target().environmentId()) + "; ")
            + "let "
            + branch
            + " of "
            + repository
            + " deploy there, or set auto_deploy = \"refuse\"",
        "operators");
  }

  /** Railway's mutation for each of them. */
  private String switchOn(List<ServiceState> off, String environmentId) {
    return "automatic deployments are switched off there for "
        + named(off)
        + ": switch them on with "
        + off.stream()
            .map(
                service ->
                    String.format(
                        "serviceInstanceAutoDeployUpdate(input: {projectId: \"%s\","
                            + " environmentId: \"%s\", serviceId: \"%s\", enabled: true})"
                            + " { enabled }",
                        railwayProject, environmentId, service.serviceId()))
            .collect(Collectors.joining(" and "));
  }

  private static String resting(Facts facts) {
    List<ServiceState> off =
        facts.target().services().stream().filter(AutoDeployOff::rests).toList();
    return off.isEmpty() ? "" : ": automatic deployments are switched off for " + named(off);
  }

  private static boolean rests(ServiceState service) {
    return service.autoDeployOff() && !service.triggers().isEmpty();
  }

  private static String named(List<ServiceState> services) {
    return services.stream().map(ServiceState::railway).collect(Collectors.joining(", "));
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
        .flatMap(state -> state.awake().stream())
        .filter(trigger -> branch.equals(trigger.branch()))
        .filter(trigger -> repository.equalsIgnoreCase(trigger.repository()))
        .findFirst();
  }

  private static String describe(ServiceState service) {
    return service.railway() + " on a push to " + service.awake().get(0).branch();
  }
}
