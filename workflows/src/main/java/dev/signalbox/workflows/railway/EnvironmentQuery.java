package dev.signalbox.workflows.railway;

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
 */
public record EnvironmentQuery(
    String project,
    String railwayProject,
    String environment,
    List<String> services,
    String token,
    boolean variables,
    boolean pushes,
    List<Home> others) {
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
