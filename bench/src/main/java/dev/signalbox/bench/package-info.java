/**
 * Measurements: what Signalbox costs beside what it waits for. Each class measures one thing and
 * gives {@link dev.signalbox.bench.Result}s; {@link dev.signalbox.bench.Bench} runs them one after
 * another. A new measurement is a class here and a line in {@code Bench}.
 */
package dev.signalbox.bench;
