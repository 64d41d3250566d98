package dev.signalbox.activities.policy;

import dev.signalbox.workflows.policy.Auto;
import dev.signalbox.workflows.policy.MonitorPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.PreviewSettings;
import java.util.Optional;

/** Where the worker keeps the policy: a file, or a file on a protected branch. */
@FunctionalInterface
public interface PolicySource {

  /**
   * The pipeline of one environment as it says now; empty when it names no such environment.
   *
   * @throws InvalidPolicyException while the policy is faulty
   */
  Optional<Pipeline> pipeline(String environment);

  /**
   * What starts promotions of one environment without anybody asking.
   *
   * @throws InvalidPolicyException while the policy is faulty
   */
  default Auto auto(String environment) {
    return Auto.OFF;
  }

  /**
   * How one environment is monitored; empty = it is not.
   *
   * @throws InvalidPolicyException while the policy is faulty
   */
  default Optional<MonitorPolicy> monitor(String environment) {
    return Optional.empty();
  }

  /**
   * What previews are made by.
   *
   * @throws InvalidPolicyException while the policy is faulty
   */
  default PreviewSettings previews() {
    return new PreviewSettings(null, null, null);
  }
}
