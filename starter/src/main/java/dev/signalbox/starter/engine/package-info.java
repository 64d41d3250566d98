/** Finds the engine that the commands talk to, or starts one in this process. */
package dev.signalbox.starter.engine;
