package dev.signalbox.activities.railway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.ApiException.Kind;
import dev.signalbox.activities.http.Fingerprint;
import dev.signalbox.activities.railway.RailwayEnvironment.DeploymentRef;
import dev.signalbox.activities.railway.RailwayEnvironment.Domain;
import dev.signalbox.activities.railway.RailwayEnvironment.Domains;
import dev.signalbox.activities.railway.RailwayEnvironment.Instance;
import dev.signalbox.workflows.railway.Deployment;
import dev.signalbox.workflows.railway.Deployment.Status;
import dev.signalbox.workflows.railway.EnvironmentQuery;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.railway.ServiceState.Trigger;
import dev.signalbox.workflows.railway.VariablesState;
import dev.signalbox.workflows.release.ServiceDeployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Turns Railway's answer about an environment into what gates and rescues judge by. */
final class EnvironmentReading {
  static final Comparator<RailwayDeployment> NEWEST_FIRST =
      Comparator.comparing(
              RailwayDeployment::createdAt,
              Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
          .reversed();

  /** What is not there stands in reports that many read, and a token may see a whole company. */
  private static final int MOST_NAMED = 3;

  private final RailwayClient railway;
  private final String serviceScheme;
  private final int recent;
  private final Function<String, RailwayClient> byToken;

  EnvironmentReading(RailwayClient railway, String serviceScheme, int recent) {
    this(railway, serviceScheme, recent, token -> railway);
  }

  /**
   * @param byToken who reads other Railway projects, by the name of the token's variable
   */
  EnvironmentReading(
      RailwayClient railway,
      String serviceScheme,
      int recent,
      Function<String, RailwayClient> byToken) {
    this.railway = railway;
    this.serviceScheme = serviceScheme;
    this.recent = recent;
    this.byToken = byToken;
  }

  EnvironmentState read(EnvironmentQuery query) {
    RailwayEnvironment environment = named(query);
    List<ServiceState> services =
        environment.instances().stream()
            .filter(instance -> query.services().contains(instance.serviceName()))
            .sorted(Comparator.comparing(Instance::serviceName))
            .map(instance -> service(query, environment, instance))
            .toList();
    String incident =
        environment.platform() == null
            ? EnvironmentState.SILENT + " how its platform is"
            : environment.platform().trouble();
    VariablesState variables =
        query.variables()
            ? new VariablesReading(
                    railway.variables(),
                    query.railwayProject(),
                    environment.id(),
                    query.others(),
                    token -> byToken.apply(token).variables())
                .read(services)
            : null;
    return new EnvironmentState(
        environment.id(),
        services,
        fingerprint(environment, services, incident, variables),
        incident,
        variables,
        environment.instances().stream()
            .filter(instance -> !query.services().contains(instance.serviceName()))
            .map(instance -> instance.serviceName() + " (" + instance.serviceId() + ")")
            .sorted()
            .toList());
  }

  /** What is not there was deleted, or renamed: whoever reads that wants to see what there is. */
  private RailwayEnvironment named(EnvironmentQuery query) {
    List<String> others = new ArrayList<>();
    try {
      return railway
          .environment(query.railwayProject(), query.environment(), query.look(), others::add)
          .orElseThrow(
              () ->
                  ApiException.notFound(
                      "Railway: project "
                          + query.railwayProject()
                          + " has no environment named "
                          + query.environment()
                          + " (deleted, or renamed?); it has "
                          + String.join(", ", others)
                          + "; check the name in signalbox.toml and what the token may see"));
    } catch (ApiException e) {
      if (e.is(Kind.NOT_FOUND) && others.isEmpty()) {
        throw ApiException.notFound(e.getMessage() + "; " + projects(query.railwayProject()));
      }
      throw e;
    }
  }

  private String projects(String wanted) {
    try {
      return "project " + wanted + " is not among those that this token sees: " + seen();
    } catch (ApiException unknown) {
      return "which projects this token sees could not be read";
    }
  }

  private String seen() {
    List<String> names = new ArrayList<>();
    for (JsonNode workspace : railway.workspaces()) {
      for (JsonNode edge : workspace.path("projects").path("edges")) {
        JsonNode project = edge.path("node");
        names.add(project.path("name").asText() + " (" + project.path("id").asText() + ")");
      }
    }
    return few(names);
  }

  static String few(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
    return names.size() <= MOST_NAMED
        ? first
        : first + " and " + (names.size() - MOST_NAMED) + " more (" + names.size() + " in all)";
  }

  private ServiceState service(
      EnvironmentQuery query, RailwayEnvironment environment, Instance instance) {
    RailwayDeployment active =
        instance.activeDeployments().stream()
            .filter(deployment -> Statuses.of(deployment.status()) == Status.ACTIVE)
            .min(NEWEST_FIRST)
            .orElseGet(() -> endedLast(query, environment, instance));
    List<Trigger> triggers = triggers(environment, instance);
    return new ServiceState(
        instance.serviceName(),
        instance.serviceId(),
        serviceDeployment(instance, active),
        serviceDeployment(instance, instance.latestDeployment()),
        address(instance.domains()),
        triggers,
        baseline(query, environment, instance),
        active != null && active.completed(),
        active != null && active.hasImage(),
        query.pushes() && !triggers.isEmpty() && switchedOff(query, environment, instance),
        SettingsReading.of(instance.settings()));
  }

  private static List<Trigger> triggers(RailwayEnvironment environment, Instance instance) {
    return environment.triggers().stream()
        .filter(trigger -> instance.serviceId().equals(trigger.serviceId()))
        .map(
            trigger ->
                new Trigger(
                    trigger.id(), trigger.repository(), trigger.branch(), trigger.checkSuites()))
        .toList();
  }

  /** Where Railway refuses to say, the trigger counts: it is there, and it may deploy. */
  private boolean switchedOff(
      EnvironmentQuery query, RailwayEnvironment environment, Instance instance) {
    try {
      return !railway.autoDeploys(
          query.railwayProject(), environment.id(), instance.serviceId(), instance.serviceName());
    } catch (ApiException refusal) {
      if (refusal.is(Kind.REJECTED) || refusal.is(Kind.NOT_FOUND)) {
        return false;
      }
      throw refusal;
    }
  }

  /**
   * A job that has ended is what is deployed there, whether Railway counts it among the active ones
   * or not: its schema calls those "deployed and running", and says nothing of what has ended well.
   */
  private RailwayDeployment endedLast(
      EnvironmentQuery query, RailwayEnvironment environment, Instance instance) {
    RailwayDeployment latest = instance.latestDeployment();
    if (latest == null || !instance.activeDeployments().isEmpty()) {
      return null;
    }
    if (ended(latest)) {
      return latest;
    }
    // A newer one is under way or failed: the one before it still stands.
    return railway
        .deployments(query.railwayProject(), environment.id(), instance.serviceId(), recent)
        .deployments()
        .stream()
        .filter(EnvironmentReading::ended)
        .min(NEWEST_FIRST)
        .orElse(null);
  }

  private static boolean ended(RailwayDeployment deployment) {
    return Statuses.of(deployment.status()) == Status.ACTIVE && deployment.completed();
  }

  /**
   * The page of the whole environment, as long as it holds enough of this service; where other
   * services fill it, this service's own list (one more request).
   */
  private List<String> baseline(
      EnvironmentQuery query, RailwayEnvironment environment, Instance instance) {
    List<String> ids =
        environment.deployments().stream()
            .filter(deployment -> instance.serviceId().equals(deployment.serviceId()))
            .map(DeploymentRef::id)
            .toList();
    if (!environment.deploymentsComplete() && ids.size() < recent) {
      ids =
          railway
              .deployments(query.railwayProject(), environment.id(), instance.serviceId(), recent)
              .deployments()
              .stream()
              .map(RailwayDeployment::id)
              .toList();
    }
    // Reads of different age may stand in one answer: what serves is never "new".
    return Stream.of(
            ids.stream(),
            instance.activeDeployments().stream().map(RailwayDeployment::id),
            Stream.ofNullable(instance.latestDeployment()).map(RailwayDeployment::id))
        .flatMap(stream -> stream)
        .distinct()
        .toList();
  }

  private String address(Domains domains) {
    if (domains == null) {
      return null;
    }
    // A custom domain that was added a minute ago leads nowhere yet.
    return Stream.of(
            domains.customDomains().stream().filter(Domain::leadsHere),
            domains.serviceDomains().stream(),
            domains.customDomains().stream())
        .flatMap(domain -> domain)
        .map(Domain::domain)
        .findFirst()
        .map(domain -> serviceScheme + "://" + domain)
        .orElse(null);
  }

  private static ServiceDeployment serviceDeployment(
      Instance instance, RailwayDeployment deployment) {
    return deployment == null
        ? null
        : new ServiceDeployment(
            instance.serviceName(),
            deployment.id(),
            deployment.revision(),
            deployment.canRollback(),
            deployment.createdAt());
  }

  private static String fingerprint(
      RailwayEnvironment environment,
      List<ServiceState> services,
      String incident,
      VariablesState variables) {
    Fingerprint fingerprint = new Fingerprint().add(environment.id(), incident, variables);
    for (ServiceState service : services) {
      fingerprint.add(
          service.serviceId(),
          service.url(),
          service.active(),
          service.latest(),
          service.completed(),
          service.autoDeployOff());
      service.triggers().forEach(fingerprint::add);
      environment.instances().stream()
          .filter(instance -> instance.serviceId().equals(service.serviceId()))
          .map(Instance::latestDeployment)
          .forEach(latest -> fingerprint.add(latest == null ? null : latest.status()));
    }
    return fingerprint.hex();
  }

  static Deployment deployment(RailwayDeployment deployment) {
    Status status = Statuses.of(deployment.status());
    return new Deployment(
        deployment.id(),
        deployment.revision(),
        status,
        deployment.status(),
        status == Status.SKIPPED ? deployment.skippedReason() : null,
        deployment.canRollback(),
        deployment.createdAt(),
        deployment.hasImage(),
        deployment.statusUpdatedAt(),
        deployment.completed());
  }
}
