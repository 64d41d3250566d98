package dev.signalbox.starter.demo;

import dev.signalbox.starter.SignalboxClient;
import dev.signalbox.workflows.approval.Ask;
import dev.signalbox.workflows.approval.DecideMessage;
import dev.signalbox.workflows.environment.RequestAnswer;
import dev.signalbox.workflows.promotion.PromotionResult;
import dev.signalbox.workflows.promotion.PromotionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** An act about a promotion: what happens to it, and how it must end. */
abstract class PromotionAct extends Act {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  PromotionAct(int number, String name, String headline) {
    super(number, name, headline);
  }

  /**
   * Prepares the release that is to be promoted; nothing for the one that lies on staging already.
   */
  void prepare(Stage stage, Telling telling) {}

  /** Whether it is over, though the promotion goes on waiting for somebody. */
  boolean overAt(PromotionStatus status) {
    return false;
  }

  /** Called with every look at the promotion, until it ends. */
  void meanwhile(Stage stage, PromotionStatus status, Telling telling) {}

  /** Why the act did not end as it must, beyond its result; empty when it did. */
  abstract Optional<String> objection(
      Stage stage, String revision, String before, ActResult result);

  @Override
  public final ActResult play(Stage stage, Telling telling, boolean manual) {
    Instant began = Instant.now();
    String before = ServiceAnswer.ofProduction(stage).version();
    prepare(stage, telling);
    int journal = stage.sandbox().journal().last();
    telling.command("signalbox promote " + Stage.PRODUCTION);
    RequestAnswer answer = stage.client().promote(Stage.PRODUCTION, null, "demo", headline);
    telling.line(answer.message() + "  " + answer.id());
    if (answer.id() == null) {
      throw new IllegalStateException("the promotion was not started: " + answer.message());
    }
    Outcome end = follow(stage, answer.id(), telling, manual);
    ActResult result =
        new ActResult(
            number,
            name,
            answer.id(),
            answer.revision(),
            end.word(),
            expected(),
            ServiceAnswer.ofProduction(stage).version(),
            Effects.since(stage, journal),
            Duration.between(began, Instant.now()).toMillis() / 1000.0,
            null);
    telling.report(end.report());
    String remark =
        result.result().equals(expected())
            ? objection(stage, answer.revision(), before, result).orElse(null)
            : "ended " + result.result() + ": " + end.detail();
    return new ActResult(
        result.act(),
        result.name(),
        result.id(),
        result.revision(),
        result.result(),
        result.expected(),
        result.productionRevision(),
        result.mutations(),
        result.seconds(),
        remark);
  }

  /**
   * How a promotion ended, or stands for good.
   *
   * @param report for people
   */
  private record Outcome(String word, String detail, String report) {
    static final String WAITING = "waiting";

    static Outcome of(PromotionResult result) {
      return new Outcome(result.result().word(), result.detail(), result.report());
    }

    static Outcome waiting(PromotionStatus status) {
      String asked =
          status.asks().stream().map(Ask::text).collect(Collectors.joining(System.lineSeparator()));
      return new Outcome(WAITING, asked, asked);
    }
  }

  private Outcome follow(Stage stage, String id, Telling telling, boolean manual) {
    Instant deadline = Instant.now().plus(manual ? Duration.ofHours(1) : LONGEST);
    Progress progress = new Progress(telling, stage.client(), id);
    while (Instant.now().isBefore(deadline)) {
      Optional<PromotionStatus> seen = progress.look();
      if (seen.isPresent()) {
        PromotionStatus status = seen.get();
        if (status.result() != null) {
          return Outcome.of(status.result());
        }
        if (overAt(status)) {
          return Outcome.waiting(status);
        }
        for (Ask ask : status.asks()) {
          answer(stage, status, ask, progress, telling, manual);
        }
        meanwhile(stage, status, telling);
      }
      Pauses.shortly();
    }
    throw new IllegalStateException(id + " did not end in time");
  }

  private static void answer(
      Stage stage,
      PromotionStatus status,
      Ask ask,
      Progress progress,
      Telling telling,
      boolean manual) {
    if (!progress.firstSeen(ask)) {
      return;
    }
    telling.report(status.card() == null ? ask.text() : status.card());
    if (manual) {
      telling.line("Your turn, in another terminal:");
      telling.command(
          "cd "
              + quoted(stage.directory().toString())
              + " && "
              + quoted(telling.launcher())
              + " approve "
              + status.id()
              + " --as ana --reason \"looks good\"");
      return;
    }
    telling.command("signalbox approve " + status.id() + " --as ana --reason \"looks good\"");
    SignalboxClient client = stage.client();
    client.decide(
        status.id(),
        new DecideMessage(
            "approve",
            status.digest(),
            "ana",
            "looks good",
            ask.id(),
            null,
            "cli",
            UUID.randomUUID().toString(),
            null));
  }

  /** As a shell takes it: paths may have spaces. */
  static String quoted(String path) {
    return path.matches("[A-Za-z0-9@%+=:,./_-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
