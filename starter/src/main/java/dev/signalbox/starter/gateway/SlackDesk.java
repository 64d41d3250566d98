package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.notify.SlackClient;
import dev.signalbox.activities.notify.SlackText;
import dev.signalbox.starter.gateway.Keeper.Kept;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.spoken.SpokenWords;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the engine to keep what somebody said at Slack, and answers in time: at once what is
 * carried out by then. No thread waits for either.
 */
final class SlackDesk {
  /** Slack gives three seconds, the way there and back included, also to a machine that is busy. */
  static final Duration IN_TIME = Duration.ofMillis(1_500);

  static final String NOT_TAKEN = "not taken: the engine did not say that it has it; ";

  private static final String LATER = "taken; the answer comes here";
  private static final int LONGEST = 3_500;
  private static final Logger log = LoggerFactory.getLogger(SlackDesk.class);

  private final String project;
  private final SlackClient slack;
  private final SlackPlace place;
  private final Keeper engine;
  private final Optional<Secret> key;
  private final Executor work;
  private final Duration inTime;

  /**
   * @param key seals what was said; empty = nothing is proved
   * @param work calls Slack where nobody needs to know that it was called
   * @param inTime what takes longer is answered later
   */
  SlackDesk(
      String project,
      SlackClient slack,
      SlackPlace place,
      Keeper engine,
      Optional<Secret> key,
      Executor work,
      Duration inTime) {
    this.project = project;
    this.slack = slack;
    this.place = place;
    this.engine = engine;
    this.key = key;
    this.work = work;
    this.inTime = inTime;
  }

  /**
   * Somebody who says something.
   *
   * @param person the name that {@code [people]} has for the sender
   * @param message names what was said, the same when it comes again
   * @param said when, as Slack stamped it
   * @param place {@code channel/person}
   * @param address the response address that came with it
   * @param begun {@link System#nanoTime()} when it came in
   */
  record Speaker(
      String person, String message, Instant said, String place, String address, long begun) {}

  /**
   * What became of a command.
   *
   * @param answer what is said to it now
   */
  record Taken(Kept kept, String answer) {}

  /** Takes what somebody said who waits for the answer. */
  CompletableFuture<Taken> command(Speaker speaker, String text) {
    CompletableFuture<String> answer = place.awaited(speaker.message());
    return take(speaker, text)
        .thenCompose(
            kept -> {
              if (kept == Kept.NEW) {
                // Whoever completes it first says what is said: nothing is said twice, nor lost.
                return answer
                    .completeOnTimeout(LATER, left(speaker), TimeUnit.MILLISECONDS)
                    .thenApply(said -> new Taken(kept, said));
              }
              String said =
                  kept == Kept.KNOWN ? "taken already" : NOT_TAKEN + "say it again in a minute";
              answer.complete(said);
              return CompletableFuture.completedFuture(new Taken(kept, said));
            });
  }

  /** Takes what somebody said who is answered later. */
  CompletableFuture<Kept> take(Speaker speaker, String text) {
    return engine
        .keep(words(speaker, text))
        .completeOnTimeout(Kept.NOT, left(speaker), TimeUnit.MILLISECONDS);
  }

  private long left(Speaker speaker) {
    return Math.max(1, inTime.minusNanos(System.nanoTime() - speaker.begun()).toMillis());
  }

  private SpokenWords words(Speaker speaker, String text) {
    SpokenWords words =
        new SpokenWords(
            project,
            SlackDoor.NAME,
            speaker.message(),
            speaker.person(),
            text,
            speaker.place(),
            speaker.said(),
            place.kept(speaker.address(), speaker.message()),
            null);
    return key.map(known -> words.sealedBy(DecisionProof.of(words.words(), known))).orElse(words);
  }

  /** Opens the dialog that asks why; false when Slack did not. */
  CompletableFuture<Boolean> openDialog(String trigger, ObjectNode view) {
    try {
      return CompletableFuture.supplyAsync(() -> opened(trigger, view), work);
    } catch (RejectedExecutionException tooMuch) {
      return CompletableFuture.completedFuture(false);
    }
  }

  private boolean opened(String trigger, ObjectNode view) {
    try {
      slack.openDialog(trigger, view);
      return true;
    } catch (ApiException refused) {
      log.warn("dialog not opened: {}", refused.getMessage());
      return false;
    }
  }

  /** Says it to that person alone. Nothing depends on it. */
  void tell(String at, String text) {
    if (!place.known(at)) {
      log.warn("no response address of Slack");
      return;
    }
    try {
      work.execute(() -> respond(at, text));
    } catch (RejectedExecutionException tooMuch) {
      log.warn("not answered: too much is asked at once");
    }
  }

  private void respond(String at, String text) {
    try {
      place.respond(at, answer(text));
    } catch (ApiException gone) {
      log.warn("not answered: {}", gone.getMessage());
    }
  }

  /** For the one who said it; words of others mean nothing in it. */
  static ObjectNode answer(String text) {
    String plain = SlackText.plain(Excerpt.begin(text, LONGEST));
    return JsonHttp.mapper()
        .createObjectNode()
        .put("response_type", "ephemeral")
        .put("text", plain.isBlank() ? "done" : "```\n" + plain + "\n```");
  }
}
