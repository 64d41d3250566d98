package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import java.util.List;

/** The revision did not prove bad here before. */
record NotQuarantined(String revision, List<Quarantined> quarantine) implements Gate {
  private static final String NAME = "not-quarantined";

  @Override
  public GateResult judge(Facts facts) {
    return quarantine.stream()
        .filter(entry -> entry.revision().equals(revision))
        .findFirst()
        .map(entry -> GateResult.failed(NAME, "quarantined: " + entry.reason(), "requester"))
        .orElse(GateResult.met(NAME, "not in quarantine"));
  }
}
