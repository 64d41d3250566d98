package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Nothing is promoted for a while. */
@Command(
    name = "freeze",
    description =
        "Promote nothing to an environment until this is lifted; rescue and rollback pass.")
final class FreezeCommand extends OrderCommand {
  @Mixin UntilOption end = new UntilOption();

  FreezeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.FREEZE;
  }

  @Override
  Instant until() {
    return end.moment(surroundings.started()).orElse(null);
  }
}
