package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.ActivityProfiles;
import dev.signalbox.workflows.TaskQueues;
import dev.signalbox.workflows.effect.Causes;
import dev.signalbox.workflows.github.FileVersions.FileVersion;
import dev.signalbox.workflows.github.FileVersions.VersionPlace;
import dev.signalbox.workflows.github.FileVersions.VersionsQuery;
import dev.signalbox.workflows.github.GitHubActivities;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.ServicePolicy;
import dev.signalbox.workflows.railway.EnvironmentState;
import dev.signalbox.workflows.railway.ServiceState;
import dev.signalbox.workflows.release.ServiceDeployment;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The versions that services must show, where they show one of their own and no commit. Read only
 * where the policy says so; what cannot be read is not known, and nobody takes it for proved.
 */
final class ServiceVersions {
  private final List<FileVersion> known;

  private ServiceVersions(List<FileVersion> known) {
    this.known = known;
  }

  /** Of what each service of the set should run, and of what ran before. */
  static ServiceVersions read(
      Pipeline pipeline, EnvironmentState state, List<ServiceDeployment> set) {
    List<VersionPlace> places = new ArrayList<>();
    for (ServiceDeployment deployment : set) {
      ServicePolicy service = pipeline.service(deployment.service());
      if (service.versionFrom() != null) {
        add(places, service, deployment.revision());
        add(places, service, before(service, state).orElse(null));
      }
    }
    return new ServiceVersions(places.isEmpty() ? List.of() : ask(pipeline, places));
  }

  private static void add(List<VersionPlace> places, ServicePolicy service, String revision) {
    if (revision != null) {
      places.add(
          new VersionPlace(
              service.name(),
              service.versionFrom().file(),
              service.versionFrom().pattern(),
              revision));
    }
  }

  /** The commit that served before. */
  static Optional<String> before(ServicePolicy service, EnvironmentState state) {
    return state
        .service(service.railway())
        .map(ServiceState::active)
        .map(ServiceDeployment::revision);
  }

  private static List<FileVersion> ask(Pipeline pipeline, List<VersionPlace> places) {
    try {
      return Workflow.newActivityStub(
              GitHubActivities.class,
              ActivityProfiles.optional(
                  new TaskQueues(pipeline.project().name()).github(), "versions to expect"))
          .readVersions(
              new VersionsQuery(pipeline.project().name(), pipeline.project().github(), places))
          .versions();
    } catch (ActivityFailure failure) {
      Causes.rethrowCancel(failure);
      return List.of();
    }
  }

  /** Empty when it is not known. */
  Optional<String> of(ServicePolicy service, String revision) {
    return known.stream()
        .filter(one -> one.service().equals(service.name()) && one.revision().equals(revision))
        .map(FileVersion::version)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
