/** Measurements: ratios within one run, printed with what they were measured on, never asserted. */
package dev.signalbox.bench;
