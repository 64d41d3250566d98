/** Whether a commit has arrived: asked by the command {@code wait}, whoever deployed it. */
package dev.signalbox.workflows.arrival;
