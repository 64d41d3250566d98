package dev.signalbox.starter.cli;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.environment.LedgerStatus;
import dev.signalbox.workflows.environment.LiveSet;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.environment.RequestAnswer.Outcome;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
          "Railway's id of one deployment of the set; else the last five are listed, and with --yes"
              + " it is the one before, or the last good one when what runs is mixed.")
  String deployment;

  @Option(names = "--yes", description = "Do not ask for confirmation.")
  boolean yes;

  private BufferedReader input;

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
  boolean confirm() {
    if (yes) {
      return false;
    }
    if (noInput || !surroundings.person()) {
      throw unconfirmed(
          "it was not confirmed, and nothing was sent",
          "Say --yes to go back to the set before without being asked, or --to DEPLOYMENT --yes; on"
              + " a terminal the last five sets are listed.");
    }
    if (deployment == null) {
      return false;
    }
    requireName("to the set of deployment " + deployment);
    return true;
  }

  /** Lists the sets, asks which, and asks again. */
  @Override
  void choose(SignalboxClient client) {
    if (yes || deployment != null) {
      return;
    }
    LedgerStatus ledger = ClientCommand.ledger(client, environment);
    List<LiveSet> sets = ledger.targets();
    if (sets.isEmpty()) {
      throw new TroubleException(
          new Trouble(
              Exit.NOT_SO,
              "Rolling back",
              environment,
              "there is no former set on record to go back to",
              "`signalbox history " + environment + "` shows what ended there."));
    }
    RollbackList list = new RollbackList(sets, client.keptImages(ledger));
    list.lines(ledger.live()).forEach(printer()::aside);
    LiveSet chosen = chosen(sets);
    requireName("to " + RollbackList.shortened(chosen.revision()));
    deployment = chosen.deployments().get(0).id();
  }

  private LiveSet chosen(List<LiveSet> sets) {
    String typed = ask("Which one? 1" + (sets.size() == 1 ? "" : " to " + sets.size()) + ": ");
    if (!typed.matches("[1-9]") || Integer.parseInt(typed) > sets.size()) {
      throw unconfirmed(
          "'" + typed + "' is none of them, and nothing was sent", "Ask again, and type a number.");
    }
    return sets.get(Integer.parseInt(typed) - 1);
  }

  private void requireName(String where) {
    String typed = ask("Roll " + environment + " back " + where + "? Type its name to confirm: ");
    if (!environment.equals(typed)) {
      throw unconfirmed(
          "it was not confirmed, and nothing was sent",
          "Ask again and type " + environment + ", or say --yes to do it without being asked.");
    }
  }

  private TroubleException unconfirmed(String answer, String next) {
    return new TroubleException(Trouble.usage("Rolling back", environment, answer, next));
  }

  /** What somebody types; nothing when there is nobody any more. */
  private String ask(String question) {
    printer().question(question);
    try {
      if (input == null) {
        input =
            new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
      }
      String typed = input.readLine();
      return typed == null ? "" : typed.strip();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}
