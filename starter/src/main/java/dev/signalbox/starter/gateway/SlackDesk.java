package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.notify.SlackClient;
import dev.signalbox.activities.notify.SlackText;
import dev.signalbox.starter.Sender;
import dev.signalbox.starter.gateway.Commands.Said;
import dev.signalbox.workflows.Excerpt;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what somebody said at Slack, and answers in time: at once what is done by then, the
 * rest at the response address.
 */
final class SlackDesk {
  /** Slack gives three seconds, the way there and back included. */
  static final Duration IN_TIME = Duration.ofSeconds(2);

  private static final String DOOR = "slack";
  private static final int LONGEST = 3_500;
  private static final Logger log = LoggerFactory.getLogger(SlackDesk.class);

  private final SlackClient slack;
  private final URI web;
  private final Commands commands;
  private final SlackVerdicts verdicts;
  private final Optional<Secret> key;
  private final ExecutorService work;
  private final Duration inTime;

  /**
   * @param inTime what takes longer is answered later
   * @param web where Slack is called: response addresses may be there, or at Slack's own
   */
  SlackDesk(
      SlackClient slack,
      URI web,
      Commands commands,
      SlackVerdicts verdicts,
      Optional<Secret> key,
      ExecutorService work,
      Duration inTime) {
    this.slack = slack;
    this.web = web;
    this.commands = commands;
    this.verdicts = verdicts;
    this.key = key;
    this.work = work;
    this.inTime = inTime;
  }

  /** Opens the dialog that asks why; false when Slack did not. */
  boolean openDialog(
      String verdict, String trigger, SlackButton about, String responseUrl, String channel) {
    try {
      slack.openDialog(trigger, SlackDialog.of(verdict, about, responseUrl, channel));
      return true;
    } catch (ApiException refused) {
      log.warn("dialog not opened: {}", refused.getMessage());
      return false;
    }
  }

  /**
   * Somebody who says something.
   *
   * @param person the name that {@code [people]} has for the sender
   * @param message names what was said, the same when it comes again
   * @param said when, as Slack stamped it
   * @param place {@code channel/person}, where a verdict is told that comes late
   */
  record Speaker(String person, String message, Instant said, String place) {}

  /**
   * Runs a command.
   *
   * @param at where it is answered if that takes longer
   * @return the answer; empty = it comes later
   */
  Optional<String> run(Speaker speaker, List<String> words, String at) {
    Sender sender = new Sender(DOOR, speaker.person(), speaker.message(), key, speaker.said());
    CompletableFuture<String> answer = new CompletableFuture<>();
    try {
      work.execute(
          () -> {
            String text = carriedOut(sender, words, at, speaker.place());
            if (!answer.complete(text)) {
              tell(at, text);
            }
          });
    } catch (RejectedExecutionException tooMuch) {
      return Optional.of("not taken: too much is asked at once; say it again in a minute");
    }
    try {
      return Optional.of(answer.get(inTime.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException later) {
      // Whoever completes it first says what is said: nothing is said twice, nothing is lost.
      return answer.complete("") ? Optional.empty() : Optional.of(answer.join());
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private String carriedOut(Sender sender, List<String> words, String at, String place) {
    try {
      Said said = commands.run(sender, words, false);
      if (said.decision() != null) {
        verdicts.await(sender, said.decision(), place, known(at) ? at : null);
      }
      return ChatText.fitting(said.text(), words, LONGEST);
    } catch (RuntimeException failure) {
      log.warn("not carried out door=slack command={}", words.get(0), failure);
      return "this went wrong here; the gateway's log says more";
    }
  }

  /** Says it to that person alone. Nothing depends on it. */
  void tell(String at, String text) {
    if (!known(at)) {
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
      slack.respond(URI.create(at), answer(text).put("replace_original", false));
    } catch (ApiException gone) {
      log.warn("not answered: {}", gone.getMessage());
    }
  }

  /** It comes signed; still, we call no other machine because of it. */
  private boolean known(String at) {
    try {
      URI address = URI.create(at);
      boolean slacks =
          "https".equals(address.getScheme()) && "hooks.slack.com".equals(address.getHost());
      return slacks || String.valueOf(address.getAuthority()).equals(web.getAuthority());
    } catch (IllegalArgumentException malformed) {
      return false;
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
