package dev.signalbox.workflows.migration;

import dev.signalbox.workflows.policy.MigrationPolicy;
import dev.signalbox.workflows.policy.Pipeline;

/**
 * Which migrations: those of one commit, and how they are run.
 *
 * @param github {@code owner/name}
 * @param revision the commit, 40 hex
 */
public record MigrationSourceReference(String github, String revision, MigrationPolicy policy) {

  public static MigrationSourceReference of(Pipeline pipeline, String revision) {
    return new MigrationSourceReference(
        pipeline.project().github(), revision, pipeline.migrations());
  }

  /** The same of another commit. */
  public MigrationSourceReference at(String commit) {
    return new MigrationSourceReference(github, commit, policy);
  }
}
