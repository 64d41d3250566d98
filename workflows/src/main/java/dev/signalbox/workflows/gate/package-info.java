/**
 * One record per gate, and {@link dev.signalbox.workflows.gate.Gates} that lists them. To add one:
 * a record here, a line there.
 */
package dev.signalbox.workflows.gate;
