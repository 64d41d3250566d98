package dev.signalbox.starter;

import dev.signalbox.workflows.effect.Silence;

/**
 * A system that a run asks and that gives no answer.
 *
 * @param system as people call it
 * @param repeated whether it is asked again by itself; what nothing protects from happening twice
 *     is not
 */
public record Silent(String system, Silence silence, boolean repeated) {}
