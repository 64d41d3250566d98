/** Answers what a promotion would do, and why it may not move. Changes nothing. */
package dev.signalbox.workflows.plan;
