/** What is done by the clock, whoever keeps it: the times, and what an order of them looks like. */
package dev.signalbox.workflows.clock;
