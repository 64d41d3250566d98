package dev.signalbox.workflows.environment;

import java.time.Instant;

/**
 * What runs is no set that anybody verified: a run changed it, failed, and could not put it right.
 *
 * @param lastGood the set to go back to, live and verified before; null = there was none
 * @param by workflow id of the run that left it so
 */
public record Mixed(LiveSet lastGood, String by, String detail, Instant since) {}
