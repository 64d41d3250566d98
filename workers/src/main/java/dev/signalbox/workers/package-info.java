/**
 * Who runs it: reads the configuration, wires workflows and activities to their queues, and answers
 * how it is doing. A new workflow or activity class gets a line in {@link
 * dev.signalbox.workers.Wiring}.
 */
package dev.signalbox.workers;
