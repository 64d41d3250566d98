package dev.signalbox.starter.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.JsonHttp;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks for the reason of a no, or of a yes that wants one. What is meant travels along with it.
 *
 * @see <a href="https://docs.slack.dev/reference/views/modal-views">Modal views</a>
 */
final class SlackDialog {
  private static final String PREFIX = "signalbox-";
  private static final String REASON = "reason";
  private static final int LONGEST_REASON = 1_000;

  private SlackDialog() {}

  /**
   * @param verdict {@code approve} or {@code reject}, or {@code resolve-} and the answer
   * @param about what is decided
   * @param responseUrl where the outcome is told
   * @param channel where it stands that was pressed
   */
  static ObjectNode of(String verdict, SlackButton about, String responseUrl, String channel) {
    ObjectNode view = JsonHttp.mapper().createObjectNode();
    view.put("type", "modal").put("callback_id", PREFIX + verdict);
    String words = verdict.replaceFirst("^resolve-", "").replace('-', ' ');
    String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    view.set("title", plain(title));
    view.set("submit", plain(title));
    view.set("close", plain("Back"));
    view.put(
        "private_metadata",
        about.json().put("response_url", responseUrl).put("channel", channel).toString());
    ObjectNode input = view.putArray("blocks").addObject();
    input.put("type", "input").put("block_id", REASON);
    input.set("label", plain("Why? It stays on record."));
    input
        .putObject("element")
        .put("type", "plain_text_input")
        .put("action_id", REASON)
        .put("multiline", true)
        .put("max_length", LONGEST_REASON);
    return view;
  }

  /** As it was given to {@link #of}; empty when it is no dialog of ours. */
  static Optional<String> verdict(JsonNode view) {
    String callback = view.path("callback_id").asText("");
    return callback.startsWith(PREFIX)
        ? Optional.of(callback.substring(PREFIX.length()))
        : Optional.empty();
  }

  /** What the person wrote; empty when it is nothing. */
  static String reason(JsonNode view) {
    return view.at("/state/values/" + REASON + "/" + REASON + "/value")
        .asText("")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** Keeps the dialog open, with a sentence at the field. */
  static ObjectNode error(String sentence) {
    ObjectNode answer = JsonHttp.mapper().createObjectNode().put("response_action", "errors");
    answer.putObject("errors").put(REASON, sentence);
    return answer;
  }

  private static ObjectNode plain(String words) {
    return JsonHttp.mapper().createObjectNode().put("type", "plain_text").put("text", words);
  }
}
