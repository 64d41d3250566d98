package dev.signalbox.workflows.deploy;

import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.policy.Pipeline;

/**
 * @param promotionId the promotion that this deploy belongs to
 * @param mergeCommit what stands for the revision on the target branch; null = none
 * @param live the ledger's record of what ran before; null = no record
 * @param lease number of the lease that it runs under
 */
public record DeployRequest(
    String promotionId,
    String promotionRunId,
    String revision,
    String mergeCommit,
    String digest,
    String requester,
    LiveSet live,
    Pipeline pipeline,
    long lease) {}
