package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.activities.notify.SlackClient;
import dev.signalbox.workflows.spoken.SpokenWords;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where somebody at Slack is answered, they alone: in the answer to their request while that waits
 * in this process; else at the response address, for half an hour; else in the channel where they
 * said it.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postEphemeral">chat.postEphemeral</a>
 */
final class SlackPlace implements AnswerPlace {
  /** Slack takes answers there for 30 minutes, and five of them. */
  private static final Duration GOOD = Duration.ofMinutes(29);

  private static final int LONGEST = 3_500;

  /** Fewer than {@link GatewayWorker} has hands: while Slack hangs, comments are answered still. */
  private static final int CALLS_AT_ONCE = 8;

  private static final Logger log = LoggerFactory.getLogger(SlackPlace.class);

  private final SlackClient slack;
  private final URI web;
  private final Optional<Secret> key;
  private final Clock clock;

  private final Semaphore calls = new Semaphore(CALLS_AT_ONCE);

  /** Requests that wait for their answer, by message. */
  private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();

  /**
   * @param web where Slack is called: response addresses may be there, or at Slack's own
   * @param key seals response addresses; empty = they are not kept
   */
  SlackPlace(SlackClient slack, URI web, Optional<Secret> key, Clock clock) {
    this.slack = slack;
    this.web = web;
    this.key = key;
    this.clock = clock;
  }

  /** The answer to this message, for the request that it came with. */
  CompletableFuture<String> awaited(String message) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    waiting.putIfAbsent(message, answer);
    var unused = answer.whenComplete((text, failure) -> waiting.remove(message, answer));
    return answer;
  }

  /**
   * A response address as the engine may keep it; null where it is none.
   *
   * @param message that it came with
   */
  String kept(String address, String message) {
    return key.filter(known -> known(address))
        .map(known -> SealedAddress.seal(address, message, known))
        .orElse(null);
  }

  /** It comes signed; still, we call no other machine because of it. */
  boolean known(String at) {
    try {
      URI address = URI.create(at);
      boolean slacks =
          "https".equals(address.getScheme()) && "hooks.slack.com".equals(address.getHost());
      return slacks || String.valueOf(address.getAuthority()).equals(web.getAuthority());
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /** A command is typed anywhere. */
  @Override
  public Optional<String> atHand(SpokenWords words) {
    return Optional.empty();
  }

  @Override
  public int longest() {
    return LONGEST;
  }

  /**
   * @throws ApiException when Slack does not take it
   * @throws IllegalStateException when Slack has not answered too many calls before; it is to be
   *     tried again
   */
  @Override
  public void answer(SpokenWords words, String text) {
    CompletableFuture<String> request = waiting.get(words.message());
    if (request != null && request.complete(text)) {
      return;
    }
    if (!calls.tryAcquire()) {
      throw new IllegalStateException("Slack has not answered " + CALLS_AT_ONCE + " calls yet");
    }
    try {
      call(words, SlackDesk.answer(text));
    } finally {
      calls.release();
    }
  }

  private void call(SpokenWords words, ObjectNode answer) {
    if (address(words).filter(at -> responded(at, answer.deepCopy())).isPresent()) {
      return;
    }
    int slash = words.place().indexOf('/');
    if (slash > 0) {
      slack.postFor(words.place().substring(slash + 1), words.place().substring(0, slash), answer);
    }
  }

  private Optional<String> address(SpokenWords words) {
    return words.address() == null || clock.instant().isAfter(words.said().plus(GOOD))
        ? Optional.empty()
        : key.flatMap(known -> SealedAddress.open(words.address(), words.message(), known));
  }

  /** False where that address is used up. */
  private boolean responded(String address, ObjectNode answer) {
    try {
      respond(address, answer);
      return true;
    } catch (ApiException gone) {
      log.info("not told at the response address: {}", gone.getMessage());
      return false;
    }
  }

  /**
   * @throws ApiException when Slack does not take it
   */
  void respond(String address, ObjectNode answer) {
    slack.respond(URI.create(address), answer.put("replace_original", false));
  }
}
