package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.JsonHttp;
import java.util.List;
import java.util.Optional;

/**
 * What a button of a card is about.
 *
 * @param id of the run that asks
 * @param ask which of its asks
 * @param digest that was shown beside the button: another one is not what was approved
 */
record SlackButton(String id, String ask, String digest) {
  private static final String ID = "(promotion|deploy|migration|restore)/[A-Za-z0-9._/-]{1,200}";
  private static final String ASK = "[A-Za-z0-9._-]{1,100}";
  private static final String DIGEST = "[0-9a-f]{12,64}";

  /** Empty when it is none of ours. */
  static Optional<SlackButton> read(String value) {
    try {
      JsonNode json = JsonHttp.mapper().readTree(value);
      SlackButton button =
          new SlackButton(
              json.path("id").asText(""),
              json.path("ask").asText(""),
              json.path("digest").asText(""));
      return button.id.matches(ID) && button.ask.matches(ASK) && button.digest.matches(DIGEST)
          ? Optional.of(button)
          : Optional.empty();
    } catch (JsonProcessingException none) {
      return Optional.empty();
    }
  }

  ObjectNode json() {
    return JsonHttp.mapper().createObjectNode().put("id", id).put("ask", ask).put("digest", digest);
  }

  /**
   * @param verdict {@code approve} or {@code reject}
   */
  List<String> decide(String verdict, String reason) {
    return List.of(verdict, id, "--digest=" + digest, "--ask=" + ask, "--reason=" + reason);
  }

  List<String> why() {
    return List.of("why", id);
  }

  /** What it would do now: of a promotion, exactly of its commit. */
  List<String> details() {
    List<String> parts = List.of(id.split("/", -1));
    return parts.get(0).equals("promotion") && parts.size() == 4
        ? List.of("plan", parts.get(2), "--commit=" + parts.get(3))
        : List.of("why", id);
  }
}
