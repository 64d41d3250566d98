package dev.signalbox.starter;

import dev.signalbox.workflows.effect.Silence;

/**
 * A system that a run asks and that gives no answer.
 *
 * @param system as people call it
 */
public record Silent(String system, Silence silence) {}
