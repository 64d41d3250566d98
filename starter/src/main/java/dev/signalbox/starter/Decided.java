package dev.signalbox.starter;

import dev.signalbox.workflows.approval.DecisionReply;
import java.util.Optional;

/**
 * What became of a decision.
 *
 * @param reply empty = it is recorded by the engine, and no worker has answered yet
 */
public record Decided(String decisionId, Optional<DecisionReply> reply) {}
