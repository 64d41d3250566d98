package dev.signalbox.starter.cli;

import dev.signalbox.starter.Described;
import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workers.Trouble;
import dev.signalbox.workers.TroubleException;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.Asks;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A yes or a no to what an approval card shows. */
abstract class VoteCommand extends AnswerCommand {
  @Option(
      names = "--as",
      paramLabel = "PERSON",
      converter = Words.class,
      description = "Who decides; else SIGNALBOX_USER, else git's user.email.")
  String person;

  @Option(
      names = "--digest",
      paramLabel = "HEX",
      description = "12 hex or more of the card's digest; else the present one is meant.")
  String digest;

  @Option(names = "--ask", paramLabel = "ASK", description = "Which ask, when several are open.")
  String ask;

  VoteCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** One of {@link Asks#VOTES}. */
  abstract String verdict();

  /** The command as it is typed. */
  private String words() {
    return verdict().equals(Asks.WITHDRAW) ? "approve --withdraw" : verdict();
  }

  @Override
  final Ask.Kind kind() {
    return Ask.Kind.APPROVAL;
  }

  @Override
  final String command() {
    return words() + " %s --digest " + (digest == null ? "<12 hex>" : digest);
  }

  @Override
  final DecideMessage message(SignalboxClient client, String workflowId, String decisionId) {
    return new DecideMessage(
        verdict(),
        digest == null ? presentDigest(client, workflowId) : digest,
        Person.named(person, surroundings),
        reason(),
        ask,
        null,
        surroundings.door(),
        decisionId,
        null);
  }

  private String presentDigest(SignalboxClient client, String workflowId) {
    Optional<String> noted =
        surroundings.heard() == null
            ? Optional.empty()
            : waiting(client, workflowId).flatMap(Described::digest);
    if (noted.isPresent()) {
      return noted.get();
    }
    if (client.workerless()) {
      return notedDigest(client, workflowId);
    }
    try {
      return cardDigest(client, workflowId);
    } catch (TroubleException silence) {
      if (!client.workerless()) {
        throw silence;
      }
      return notedDigest(client, workflowId);
    }
  }

  /** What the run noted for the engine when it asked. */
  private String notedDigest(SignalboxClient client, String workflowId) {
    return client
        .describe(workflowId)
        .flatMap(Described::digest)
        .orElseThrow(
            () ->
                new TroubleException(
                    Trouble.notReached(
                        "Reading what the decision is about",
                        workflowId,
                        "the engine answers, no worker does, and the engine alone knows no digest",
                        "Take it from the approval card and say `signalbox "
                            + words()
                            + " "
                            + workflowId
                            + " --digest <12 hex> --reason \"WHY\"`: the engine keeps that until a"
                            + " worker runs.")));
  }

  private static String cardDigest(SignalboxClient client, String workflowId) {
    return cardDigest(workflowId, status(client, workflowId));
  }

  static String cardDigest(String workflowId, PromotionStatus status) {
    String present = status.digest();
    PromotionResult end = status.result();
    if (present == null && end != null) {
      throw new TroubleException(
          Trouble.usage(
              "Reading what the decision is about",
              workflowId,
              "it has ended and asks nobody: " + end.result().with(end.detail()),
              "`signalbox list` shows the runs; `signalbox promote` asks for a new one."));
    }
    if (present == null) {
      throw new TroubleException(
          Trouble.usage(
              "Reading what the decision is about",
              workflowId,
              "it has no digest yet: it is still being resolved",
              "Try again in a moment, or see `signalbox why " + workflowId + "`."));
    }
    return present;
  }
}
