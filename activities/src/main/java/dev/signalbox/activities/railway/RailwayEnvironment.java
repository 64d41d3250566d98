package dev.signalbox.activities.railway;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.workflows.railway.EnvironmentState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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

  /**
   * Railway's {@code ServiceInstance}.
   *
   * @param settings all else that is asked: how it is built and run there, by Railway's own names
   */
  public record Instance(
      String serviceId,
      String serviceName,
      List<RailwayDeployment> activeDeployments,
      RailwayDeployment latestDeployment,
      Domains domains,
      @JsonAnySetter Map<String, JsonNode> settings) {
    public Instance {
      settings = settings == null ? Map.of() : settings;
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
  public record Domain(String domain, DomainStatus status) {
    /** Whether somebody who asks there reaches the service, by Railway's word. */
    boolean leadsHere() {
      return status == null
          || status.verified()
          || "CERTIFICATE_STATUS_TYPE_VALID".equals(status.certificateStatus());
    }
  }

  /**
   * Railway's {@code CustomDomainStatus}.
   *
   * @param verified whether the owner has shown that it is theirs
   */
  public record DomainStatus(boolean verified, String certificateStatus) {}

  /** Railway's {@code DeploymentTrigger}. */
  public record TriggerNode(
      String id, String serviceId, String repository, String branch, boolean checkSuites) {}

  /** The head of a deployment, for the baseline. */
  public record DeploymentRef(String id, String serviceId, Instant createdAt) {}

  /** Railway's {@code PlatformStatus}. */
  public record Platform(Boolean isStable, Notice incident, Notice maintenance) {
    private static final Set<String> NOT_NOW = Set.of("NOTSTARTEDYET", "COMPLETED");

    /** Null when all is well; a state that we do not know is none of them. */
    public String trouble() {
      if (incident != null && !"RESOLVED".equals(incident.status())) {
        return incident.said("Railway has an incident");
      }
      if (maintenance != null && !NOT_NOW.contains(String.valueOf(maintenance.status()))) {
        return maintenance.said("Railway is under maintenance");
      }
      if (isStable == null) {
        return EnvironmentState.SILENT + " whether its platform is stable";
      }
      return isStable ? null : "Railway says that its platform is not stable";
    }
  }

  /** An incident or a maintenance. */
  public record Notice(String message, String status, String url) {
    String said(String what) {
      return what
          + " ("
          + (status == null ? "state unknown" : status.toLowerCase(Locale.ROOT))
          + ")"
          + (message == null || message.isBlank() ? "" : ": " + message)
          + (url == null || url.isBlank() ? "" : " (" + url + ")");
    }
  }
}
