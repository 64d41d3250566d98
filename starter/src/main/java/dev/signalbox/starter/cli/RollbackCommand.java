package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks for a rollback by hand. */
@Command(
    name = "rollback",
    description = "Put an earlier release set back: the one before, or the one of a deployment.")
final class RollbackCommand extends RequestCommand {
  @Option(
      names = "--to",
      paramLabel = "DEPLOYMENT",
      description =
          "Railway's id of one deployment of the set; else the set before the present, or the last"
              + " good one when what runs is mixed.")
  String deployment;

  @Option(names = "--yes", description = "Do not ask for confirmation.")
  boolean yes;

  RollbackCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  boolean mayStartEngine() {
    return false;
  }

  @Override
  RequestAnswer request(SignalboxClient client) {
    return client.rollback(environment, deployment, Person.named(null, surroundings), reason);
  }

  /**
   * When a promotion holds the environment, its cancellation is the rollback: if that goes live all
   * the same, the cancellation came too late and nothing was rolled back.
   */
  @Override
  Set<Result> good(RequestAnswer answer) {
    return answer.outcome() == Outcome.JOINED
        ? Set.of(Result.ROLLED_BACK, Result.CANCELLED)
        : Set.of(Result.LIVE);
  }

  @Override
  void confirm() {
    if (yes) {
      return;
    }
    if (noInput || !surroundings.person() || !confirmed()) {
      throw new TroubleException(
          Trouble.usage(
              "Rolling back",
              environment,
              "it was not confirmed, and nothing was sent",
              "Say --yes to do it without being asked."));
    }
  }

  private boolean confirmed() {
    surroundings.err().print("Roll " + environment + " back? Type its name to confirm: ");
    surroundings.err().flush();
    try {
      String typed =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return environment.equals(typed);
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}
