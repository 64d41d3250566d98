package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.health.HealthActivities.Target;
import dev.signalbox.workflows.health.Proof.Strength;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.util.Optional;

/** How strongly a service is proved, and by what: for the plan beforehand, and for the report. */
public final class ProofWords {
  private static final String WEAKER =
      "Railway's word for the version, weaker evidence: it shows none";

  private ProofWords() {}

  /**
   * @param asked whether there is an address to ask at
   */
  static Strength strength(ServicePolicy service, boolean asked) {
    if (!asked || service.health() == null) {
      return Strength.PLATFORM;
    }
    return service.version() == null ? Strength.HEALTH : Strength.VERSION;
  }

  /**
   * What will be looked at.
   *
   * @param address null = there is none, or it was not read
   * @param read whether Railway, who knows the address, was read
   */
  public static String planned(ServicePolicy service, String address, boolean read) {
    if (service.job()) {
      return "Railway's word alone, as for every job: its deployment completed";
    }
    if (service.health() == null) {
      return "Railway's word alone: no health path is configured";
    }
    if (address == null && read) {
      return "Railway's word alone: there is no address to ask at";
    }
    String at =
        service.health()
            + (address == null
                ? " (at which address is not known, Railway was not read)"
                : " at " + address);
    String conditions = service.expect().isEmpty() ? "" : ", with what `expect` says";
    if (service.version() == null) {
      return at + conditions + "; " + WEAKER;
    }
    return at
        + ", "
        + service.version()
        + (service.versionFrom() == null
            ? " = the commit"
            : " = the version in " + service.versionFrom().file())
        + conditions;
  }

  static String seen(ServicePolicy service, Optional<Target> target, ServiceDeployment deployment) {
    String platform =
        "Railway's active deployment is " + deployment.id() + " of " + deployment.revision();
    if (service.job()) {
      return "Railway's deployment "
          + deployment.id()
          + " of "
          + deployment.revision()
          + " completed: the job ended without a fault, or is built for its next tick";
    }
    if (target.isEmpty()) {
      return platform + "; nothing else was asked (weaker evidence)";
    }
    String healthy =
        "answers well at "
            + service.health()
            + (service.expect().isEmpty() ? "" : ", all conditions hold");
    if (target.get().version() == null) {
      return healthy + "; " + platform + " (weaker evidence: it shows no version)";
    }
    String version =
        target.get().version().text() == null
            ? deployment.revision()
            : target.get().version().text();
    return "shows " + version + " at " + service.version() + "; " + healthy;
  }
}
