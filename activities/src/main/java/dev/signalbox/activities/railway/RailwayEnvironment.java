package dev.signalbox.activities.railway;

import java.time.Instant;
import java.util.List;

/**
 * One environment with all that stands in it.
 *
 * @param deployments newest first; cut off at a page
 * @param deploymentsComplete whether there are no older ones
 * @param platform how Railway itself is
 */
public record RailwayEnvironment(
    String id,
    String name,
    List<Instance> instances,
    List<TriggerNode> triggers,
    List<DeploymentRef> deployments,
    boolean deploymentsComplete,
    Platform platform) {

  /** Railway's {@code ServiceInstance}. */
  public record Instance(
      String serviceId,
      String serviceName,
      List<RailwayDeployment> activeDeployments,
      RailwayDeployment latestDeployment,
      Domains domains) {
    public Instance {
      activeDeployments = activeDeployments == null ? List.of() : List.copyOf(activeDeployments);
    }
  }

  /** Railway's {@code AllDomains}. */
  public record Domains(List<Domain> customDomains, List<Domain> serviceDomains) {
    public Domains {
      customDomains = customDomains == null ? List.of() : List.copyOf(customDomains);
      serviceDomains = serviceDomains == null ? List.of() : List.copyOf(serviceDomains);
    }
  }

  /**
   * @param domain host, with a port only in the sandbox
   */
  public record Domain(String domain) {}

  /** Railway's {@code DeploymentTrigger}. */
  public record TriggerNode(
      String id, String serviceId, String repository, String branch, boolean checkSuites) {}

  /** The head of a deployment, for the baseline. */
  public record DeploymentRef(String id, String serviceId, Instant createdAt) {}

  /** Railway's {@code PlatformStatus}. */
  public record Platform(boolean isStable, Notice incident, Notice maintenance) {

    /** Null when all is well. */
    public String trouble() {
      if (incident != null && !"RESOLVED".equals(incident.status())) {
        return incident.said("Railway has an incident");
      }
      if (maintenance != null && "INPROGRESS".equals(maintenance.status())) {
        return maintenance.said("Railway is under maintenance");
      }
      return isStable ? null : "Railway says that its platform is not stable";
    }
  }

  /** An incident or a maintenance. */
  public record Notice(String message, String status) {
    String said(String otherwise) {
      return message == null || message.isBlank() ? otherwise : message;
    }
  }
}
