package dev.signalbox.workflows.environment;

import dev.signalbox.workflows.environment.LedgerState.OpenRun;
import dev.signalbox.workflows.policy.Pipeline;
import java.util.Objects;
import java.util.Optional;

/** The rules of requests that deploy one service without the others. */
final class OnlyOne {
  private final Ledger ledger;

  OnlyOne(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Why the request cannot join the run of this id; empty = it is for the same services. */
  Optional<String> differs(LedgerRequest request, String id) {
    return ledger
        .openRun(id)
        .map(OpenRun::service)
        .or(() -> Optional.of(""))
        .filter(under -> !under.equals(Objects.requireNonNullElse(request.service(), "")))
        .map(
            under ->
                "a promotion of this commit is under way, of "
                    + (under.isEmpty() ? "every service" : under + " only")
                    + "; ask again when it has ended");
  }

  /** Whether everything that is asked for is live already. */
  boolean runs(LedgerRequest request, String revision) {
    LiveSet live = ledger.running().live();
    return live != null
        && revision.equals(live.revision())
        && (request.service() == null ? live.whole() : !live.apart().contains(request.service()));
  }

  /** Why one service may not be deployed alone; empty = it may, or all are asked for. */
  Optional<String> refusal(Pipeline pipeline, LedgerRequest request) {
    String service = request.service();
    if (service == null) {
      return Optional.empty();
    }
    String environment = ledger.environment();
    if (!pipeline.serviceNames().contains(service)) {
      return Optional.of("signalbox.toml has no service " + service);
    }
    if (!pipeline.environment().allowsPartial()) {
      return Optional.of(
          "one service alone is not allowed in "
              + environment
              + ": the set would no longer be of one commit; [environments."
              + environment
              + "] partial = true would allow it");
    }
    return ledger.running().live() != null
        ? Optional.empty()
        : Optional.of(
            "no verified set of "
                + environment
                + " is on record that "
                + service
                + " could be deployed into; promote all of it first");
  }
}
