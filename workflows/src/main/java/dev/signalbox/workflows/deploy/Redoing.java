package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One way to do again what runs: {@link Rebuild} or {@link Restart}. */
interface Redoing {

  /**
   * Does it to these services, in order.
   *
   * @param running what serves on every service
   * @param calledOff whether nothing more may be begun
   */
  End carryOut(
      List<ServicePolicy> services, List<ServiceDeployment> running, BooleanSupplier calledOff);

  /**
   * @param set what serves now on every service, when that has changed; else null
   * @param mixed whether it has changed and is not known, or not well
   */
  record End(Result result, String detail, List<ServiceDeployment> set, boolean mixed) {}
}
