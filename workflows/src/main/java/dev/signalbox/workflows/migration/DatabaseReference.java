package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import dev.signalbox.workflows.policy.Pipeline.Home;

/**
 * Which database, without its address: that is read from Railway's variables at the moment of use
 * and stays in the worker.
 *
 * @param project of ours
 * @param home where the environment lives at Railway
 * @param environment its name there
 * @param service the name at Railway of the service whose variables hold the address
 * @param variable that holds it
 */
public record DatabaseReference(
    String project, Home home, String environment, String service, String variable) {

  /** The database that a pipeline's environment is migrated on; the policy has migrations. */
  public static DatabaseReference of(Pipeline pipeline) {
    return of(pipeline, pipeline.home(), pipeline.environment().name());
  }

  /** The database of the environment that a pipeline promotes from. */
  public static DatabaseReference ofSource(Pipeline pipeline) {
    return of(pipeline, pipeline.sourceHome(), pipeline.source().name());
  }

  private static DatabaseReference of(Pipeline pipeline, Home home, String environment) {
    MigrationPolicy policy = pipeline.migrations();
    return new DatabaseReference(
        pipeline.project().name(),
        home,
        environment,
        pipeline.service(policy.service()).railway(),
        policy.url());
  }
}
