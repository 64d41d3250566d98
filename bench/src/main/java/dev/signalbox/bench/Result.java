package dev.signalbox.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;

/**
 * One figure: quartiles and the 99th percentile of its samples.
 *
 * @param engine test or dev; null where no engine takes part
 * @param unit of the quartiles: s, ms, events, calls, per second, ratio
 * @param n how many samples
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Result(
    String measure,
    String engine,
    String unit,
    int n,
    double p25,
    double p50,
    double p75,
    double p99) {

  static Result of(String measure, String engine, String unit, List<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    return new Result(
        measure,
        engine,
        unit,
        sorted.size(),
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        quantile(sorted, 0.99));
  }

  /** The smallest sample that at least this share of them does not exceed. */
  private static double quantile(List<Double> sorted, double share) {
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return Math.round(sorted.get(Math.max(0, index)) * 1000) / 1000.0;
  }

  /** A row of the table in docs/performance.md. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %s | %d |",
        measure,
        engine == null ? "" : engine,
        number(p25),
        number(p50),
        number(p75),
        number(p99),
        unit,
        n);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) >= 10
        ? Long.toString(Math.round(value))
        : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }
}
