package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.policy.EnvironmentPolicy.AutoDeploy;
import dev.signalbox.workflows.railway.RailwayActivities.ServiceState;
import java.util.List;

/** Railway does not deploy the target's pushes by itself: two triggers would race. */
record AutoDeployOff(AutoDeploy policy) implements Gate {
  private static final String NAME = "auto-deploy";

  @Override
  public GateResult judge(Facts facts) {
    if (facts.target() == null) {
      return Gates.unread(NAME, "Railway", facts);
    }
    List<String> racing =
        facts.target().services().stream()
            .filter(service -> !service.triggers().isEmpty())
            .map(this::describe)
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
            evidence + "; switch it off in Railway, or set auto_deploy = \"switch-off\"",
            "operators");
  }

  private String describe(ServiceState service) {
    return service.railway() + " on a push to " + service.triggers().get(0).branch();
  }
}
