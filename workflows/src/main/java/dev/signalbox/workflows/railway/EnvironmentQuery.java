package dev.signalbox.workflows.railway;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.Pipeline.Home;
import dev.signalbox.workflows.policy.ServicePolicy;
import java.util.List;

/**
 * Which environment to read, and what of it.
 *
 * @param environment Railway's name of the environment
 * @param services Railway's names of the services; others are left out
 * @param variables whether the variables of the services are read too
 * @param pushes whether it is asked too if Railway's automatic deployments are switched off: one
 *     request for each service that has a trigger
 * @param others other Railway projects to which no variable may lead
 * @param look queries of the same look may be answered by one request: Railway tells of all
 *     environments of a project at once; null = asked for itself
 */
public record EnvironmentQuery(
    String project,
    String railwayProject,
    String environment,
    List<String> services,
    String token,
    boolean variables,
    boolean pushes,
    List<Home> others,
    @JsonInclude(JsonInclude.Include.NON_NULL) String look) {
  public EnvironmentQuery {
    services = services == null ? List.of() : List.copyOf(services);
    others = others == null ? List.of() : List.copyOf(others);
  }

  /** With what stands in one answer: no variables, and triggers that may rest. */
  public EnvironmentQuery(
      String project,
      String railwayProject,
      String environment,
      List<String> services,
      String token) {
    this(project, railwayProject, environment, services, token, false, false, null);
  }

  /** Asked for itself. */
  public EnvironmentQuery(
      String project,
      String railwayProject,
      String environment,
      List<String> services,
      String token,
      boolean variables,
      boolean pushes,
      List<Home> others) {
    this(project, railwayProject, environment, services, token, variables, pushes, others, null);
  }

  /** Of a pipeline's own environment with all its services, as above. */
  public static EnvironmentQuery of(Pipeline pipeline) {
    return new EnvironmentQuery(
        pipeline.project().name(),
        pipeline.home().project(),
        pipeline.environment().name(),
        pipeline.services().stream().map(ServicePolicy::railway).toList(),
        pipeline.home().token());
  }
}
