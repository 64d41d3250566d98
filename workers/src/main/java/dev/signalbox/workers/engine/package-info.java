/** The way to Temporal: which server, as whom, and whether it answers. */
package dev.signalbox.workers.engine;
