package dev.signalbox.starter.cli;

import dev.signalbox.workflows.environment.LedgerOrder.Kind;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One person has the environment to themselves. */
@Command(
    name = "lock",
    description =
        "Have an environment to yourself: what others want to promote waits. Who comes second gets"
            + " it second. --until merged ends it when a release of yours is merged.")
final class LockCommand extends OrderCommand {
  private static final String MERGED = "merged";

  @Mixin UntilOption end = new UntilOption();

  LockCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  Kind kind() {
    return Kind.LOCK;
  }

  @Override
  boolean untilMerged() {
    return MERGED.equals(end.until);
  }

  @Override
  Instant until() {
    return untilMerged() ? null : end.moment(surroundings.started()).orElse(null);
  }
}
