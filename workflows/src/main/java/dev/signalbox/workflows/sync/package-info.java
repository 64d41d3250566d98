/** The branch that releases come from, brought level with the one that they go to. */
package dev.signalbox.workflows.sync;
