package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.notify.SlackClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where somebody at Slack is told the verdict: at the response address, which this process alone
 * knows and which is good for half an hour; else in the channel where they said it, to them alone.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postEphemeral">chat.postEphemeral</a>
 */
final class SlackPlace {
  /** Slack takes answers there for 30 minutes, and five of them. */
  private static final Duration GOOD = Duration.ofMinutes(29);

  private static final int REMEMBERED = 1_000;

  private static final Logger log = LoggerFactory.getLogger(SlackPlace.class);

  private final SlackClient slack;
  private final Clock clock;

  /** By message. */
  private final Map<String, Response> addresses =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Response> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Response(String address, Instant until) {}

  SlackPlace(SlackClient slack, Clock clock) {
    this.slack = slack;
    this.clock = clock;
  }

  /** Where this message is answered. */
  synchronized void remember(String message, String address) {
    addresses.put(message, new Response(address, clock.instant().plus(GOOD)));
  }

  private synchronized Optional<String> address(String message) {
    return Optional.ofNullable(addresses.get(message))
        .filter(known -> clock.instant().isBefore(known.until()))
        .map(Response::address);
  }

  /**
   * @param place {@code channel/person}; empty = nobody is told there
   * @throws ApiException when Slack does not take it
   */
  void tell(String message, String place, String text) {
    ObjectNode answer = SlackDesk.answer(text);
    Optional<String> address = address(message);
    if (address.isPresent() && responded(address.get(), answer.deepCopy())) {
      return;
    }
    int slash = place.indexOf('/');
    if (slash > 0) {
      slack.postFor(place.substring(slash + 1), place.substring(0, slash), answer);
    }
  }

  /** False where that address is used up. */
  private boolean responded(String address, ObjectNode answer) {
    try {
      slack.respond(URI.create(address), answer.put("replace_original", false));
      return true;
    } catch (ApiException gone) {
      log.info("not told at the response address: {}", gone.getMessage());
      return false;
    }
  }
}
