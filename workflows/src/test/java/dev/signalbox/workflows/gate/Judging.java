package dev.signalbox.workflows.gate;

import static dev.signalbox.workflows.fixtures.FactsFixture.REVISION;

import dev.signalbox.workflows.fixtures.FactsFixture;
import dev.signalbox.workflows.fixtures.PipelineFixture;
import java.time.Instant;
import java.util.List;

/** Judges one gate by a look. */
abstract class Judging {
  static final String OTHER = "c".repeat(40);

  static final Occasion ANYBODY = new Occasion(null, null, false, Instant.EPOCH);

  static GateResult judge(String gate, PipelineFixture pipeline, FactsFixture facts) {
    return named(gate, Gates.of(pipeline.build(), REVISION, List.of()).judge(facts.build()));
  }

  static GateResult named(String gate, List<GateResult> results) {
    return results.stream().filter(result -> result.name().equals(gate)).findFirst().orElseThrow();
  }
}
