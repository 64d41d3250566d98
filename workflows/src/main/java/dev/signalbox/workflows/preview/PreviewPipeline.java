package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.deploy.Observation;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.RollbackMode;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PreviewSettings;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.EnvironmentState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pipeline of a preview: its base's, without what protects an environment that people use. */
final class PreviewPipeline {
  private PreviewPipeline() {}

  /**
   * @param environment the preview's name
   */
  static Pipeline of(PreviewSettings settings, String environment) {
    Pipeline base = settings.base();
    EnvironmentPolicy policy = base.environment();
    return new Pipeline(
        base.project(),
        new EnvironmentPolicy(
            environment,
            policy.branch(),
            null,
            null,
            null,
            Duration.ZERO,
            null,
            null,
            null,
            null,
            policy.trust(),
            RollbackMode.NEVER,
            null,
            null,
            policy.limits(),
            policy.verify(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null),
        null,
        // A custom domain is the base's own: a preview has the addresses that Railway gives it.
        base.services().stream().map(service -> service.at(null)).toList(),
        base.people(),
        base.railway(),
        null,
        null,
        base.others(),
        base.migrations());
  }

  /** The address of each service that has one, in the order of deployment. */
  static Map<String, String> addresses(Pipeline pipeline, EnvironmentState environment) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (ServicePolicy service : pipeline.services()) {
      String url = service.job() ? null : Observation.address(service, environment);
      if (url != null) {
        addresses.put(service.name(), url);
      }
    }
    return addresses;
  }
}
