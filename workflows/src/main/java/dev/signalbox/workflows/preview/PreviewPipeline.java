package dev.signalbox.workflows.preview;

import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.EnvironmentPolicy.RollbackMode;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PreviewSettings;
import java.time.Duration;

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
            null),
        null,
        // A custom domain is the base's own: a preview has the addresses that Railway gives it.
        base.services().stream().map(service -> service.at(null)).toList(),
        base.people(),
        base.railway(),
        null,
        null,
        base.others(),
        null);
  }
}
