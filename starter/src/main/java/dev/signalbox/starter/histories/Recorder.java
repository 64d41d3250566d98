package dev.signalbox.starter.histories;

import dev.signalbox.starter.histories.Scenarios.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Plays every scenario and writes down what it leaves. */
public final class Recorder {
  private final Path into;
  private final Consumer<String> told;

  /**
   * @param into where {@code <workflow>/<branch>.json} are written
   */
  public Recorder(Path into, Consumer<String> told) {
    this.into = into;
    this.told = told;
  }

  /**
   * Records the branch of this name, or all.
   *
   * @param only null = all
   * @return how many histories were written
   */
  public int record(String only) {
    int written = 0;
    for (Scenario scenario : Scenarios.all()) {
      if (only == null || scenario.name().equals(only)) {
        written += record(scenario);
      }
    }
    return written;
  }

  private int record(Scenario scenario) {
    try (Rehearsal rehearsal = Rehearsal.with(scenario.configuration(), scenario.database())) {
      Map<String, String> runs = scenario.play().apply(rehearsal);
      runs.forEach((workflow, id) -> write(workflow, scenario.name(), rehearsal.history(id)));
      told.accept(scenario.name() + ": " + String.join(", ", runs.keySet()));
      return runs.size();
    }
  }

  private void write(String workflow, String branch, String history) {
    Path file = into.resolve(workflow).resolve(branch + ".json");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, history + "\n");
    } catch (IOException unwritable) {
      throw new UncheckedIOException("writing " + file, unwritable);
    }
  }
}
