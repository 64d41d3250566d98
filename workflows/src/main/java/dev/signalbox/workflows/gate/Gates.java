package dev.signalbox.workflows.gate;

import dev.signalbox.workflows.environment.LedgerRecord;
import dev.signalbox.workflows.environment.LedgerStatus.Quarantined;
import dev.signalbox.workflows.environment.OrderRights;
import dev.signalbox.workflows.environment.StandingOrders;
import dev.signalbox.workflows.gate.GateResult.State;
import dev.signalbox.workflows.migration.MigrationLook;
import dev.signalbox.workflows.policy.EnvironmentPolicy;
import dev.signalbox.workflows.policy.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All gates of a promotion, in the order in which people read them. None is skipped in silence. */
public final class Gates {
  private final List<Gate> gates;

  private Gates(List<Gate> gates) {
    this.gates = gates;
  }

  public static Gates of(Pipeline pipeline, String revision, List<Quarantined> quarantine) {
    return of(pipeline, revision, new LedgerRecord(null, false, quarantine, null), null);
  }

  /**
   * @param service the one that is deployed alone; null = all are
   */
  public static Gates of(
      Pipeline pipeline, String revision, LedgerRecord recorded, String service) {
    return of(
        pipeline,
        revision,
        recorded,
        service,
        null,
        false,
        new Occasion(null, null, false, Instant.EPOCH));
  }

  private static NotQuarantined notQuarantined(
      Pipeline pipeline, String revision, LedgerRecord recorded) {
    return new NotQuarantined(revision, OrderRights.of(pipeline), recorded.quarantine());
  }

  /** Why the ledger keeps the revision from being promoted now; empty = it does not. */
  public static Optional<GateResult> quarantined(
      Pipeline pipeline, String revision, LedgerRecord recorded, Facts facts) {
    return Optional.of(notQuarantined(pipeline, revision, recorded).judge(facts))
        .filter(result -> result.state() == State.FAILED);
  }

  /**
   * @param migrations what a look at the database found; null = nobody has looked
   * @param codeRuns whether it is the revision's own code that runs
   * @param occasion for whom and when
   */
  public static Gates of(
      Pipeline pipeline,
      String revision,
      LedgerRecord recorded,
      String service,
      MigrationLook migrations,
      boolean codeRuns,
      Occasion occasion) {
    List<Gate> gates = new ArrayList<>();
    if (service != null) {
      gates.add(new Partial(service, pipeline.environment().allowsPartial(), recorded.running()));
    }
    gates.add(new RequiredChecks(pipeline.environment().checks(), pipeline.environment().accept()));
    gates.add(new Reviewed(pipeline.environment().reviewed()));
    gates.add(VerifiedInSource.of(pipeline, revision));
    VersionFiles.of(pipeline.services(), revision).ifPresent(gates::add);
    gates.add(new NotOlder(revision, recorded.running(), pipeline));
    gates.add(notQuarantined(pipeline, revision, recorded));
    String branch = pipeline.environment().branch();
    gates.add(
        pipeline.source() == null
            ? new OnBranch(branch, revision)
            : new BaseLevel(
                branch,
                pipeline.environment().merge(),
                pipeline.environment().syncs() ? pipeline.sourceBranch() : null));
    gates.add(new VariablesComplete(pipeline.environment().requires()));
    if (pipeline.migrations() != null) {
      gates.add(
          new Migrations(
              pipeline.migrations(),
              pipeline.promotedFrom().map(EnvironmentPolicy::name).orElse(null),
              service,
              codeRuns,
              migrations));
    }
    gates.add(AutoDeployOff.of(pipeline));
    gates.add(new PlatformStable());
    StandingOrders orders = recorded.standing();
    gates.add(new NotFrozen(pipeline.environment().times().freezes(), orders, occasion));
    gates.add(new NotLocked(orders, occasion));
    gates.add(new NotHeld(orders, occasion));
    return new Gates(List.copyOf(gates));
  }

  /**
   * Whether this one speaks of the time and not of the release: people may approve meanwhile, and
   * only the deed waits for it.
   */
  public static boolean concernsTheDeed(GateResult gate) {
    return List.of(NotFrozen.NAME, NotLocked.NAME, NotHeld.NAME).contains(gate.name());
  }

  public List<GateResult> judge(Facts facts) {
    return gates.stream().map(gate -> gate.judge(facts)).toList();
  }

  /**
   * What a gate says when the system that it asks did not answer: waiting, or failed where waiting
   * does not help.
   */
  static GateResult unread(String gate, String system, Facts facts) {
    return facts.unavailable().stream()
        .filter(unavailable -> unavailable.system().equals(system))
        .findFirst()
        // What one system is asked may need the other's answer first.
        .or(() -> facts.unavailable().stream().findFirst())
        .map(
            unavailable ->
                unavailable.permanent()
                    ? GateResult.failed(gate, unavailable.sentence(), "operators")
                    : GateResult.waiting(gate, unavailable.sentence(), null, unavailable.system()))
        .orElse(GateResult.waiting(gate, system + " has not been read", null, system));
  }
}
