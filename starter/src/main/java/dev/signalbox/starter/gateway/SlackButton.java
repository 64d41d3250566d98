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
 * @param digest that was shown beside the button: another one is not what was approved; empty at a
 *     question
 */
record SlackButton(String id, String ask, String digest) {
  private static final String ID = "(promotion|deploy|migration|restore)/[A-Za-z0-9._/-]{1,200}";
  private static final String ASK = "[A-Za-z0-9._-]{1,100}";
  private static final String DIGEST = "([0-9a-f]{12,64})?";
  private static final String ANSWER = "resolve-";
  private static final String VOTE = "approve|approve-why|reject";
  private static final String ANSWERS = ANSWER + "[a-z][a-z-]{0,19}";

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

  /** Whether it asks something that this answers: a yes is always to a digest. */
  boolean takes(String verdict) {
    return verdict.matches(ANSWERS) || (verdict.matches(VOTE) && !digest.isEmpty());
  }

  /**
   * @param verdict {@code approve} or {@code reject}, or {@code resolve-} and the answer
   */
  List<String> decide(String verdict, String reason) {
    return verdict.startsWith(ANSWER)
        ? List.of(
            "resolve", id, "--as=" + answer(verdict), "--question=" + ask, "--reason=" + reason)
        : List.of(verdict, id, "--digest=" + digest, "--ask=" + ask, "--reason=" + reason);
  }

  private static String answer(String verdict) {
    return verdict.substring(ANSWER.length());
  }

  /** The same as it is typed, where Slack opens no dialog. */
  String typed(String verdict) {
    return "/signalbox "
        + (verdict.startsWith(ANSWER)
            ? "resolve " + id + " --as " + answer(verdict) + " --question " + ask
            : verdict + " " + id)
        + " --reason \"WHY\"";
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
