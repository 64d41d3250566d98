package dev.signalbox.activities.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.workflows.Excerpt;
import dev.signalbox.workflows.notify.Card;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import java.util.Locale;

/**
 * A card in Block Kit. Everything that a button must bring back is in its value.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Blocks</a>: at most 50; 3,000
 *     characters in a section, 75 on a button, 2,000 in its value
 */
final class SlackCard {
  private static final int LONGEST_SECTION = 2_900;
  private static final int LONGEST_TITLE = 140;
  private static final int MOST_PARTS = 20;

  private final Card card;

  SlackCard(Card card) {
    this.card = card;
  }

  ObjectNode message() {
    ObjectNode message = JsonHttp.mapper().createObjectNode();
    String title = SlackText.plain(Excerpt.begin(card.title(), LONGEST_TITLE));
    message.put("text", title + " (" + SlackText.plain(Excerpt.begin(card.state(), 500)) + ")");
    message.put("unfurl_links", false).put("unfurl_media", false).put("link_names", false);
    ArrayNode blocks = message.putArray("blocks");
    section(
        blocks,
        "*"
            + title
            + "*"
            + (card.link() == null ? "" : "  " + SlackText.link(card.link(), "GitHub")));
    card.parts().stream().limit(MOST_PARTS).forEach(part -> section(blocks, text(part)));
    section(blocks, "*State:* " + SlackText.plain(Excerpt.begin(card.state(), 1_000)));
    buttons(blocks);
    return message;
  }

  private static String text(Part part) {
    StringBuilder text = new StringBuilder();
    if (part.heading() != null) {
      text.append('*').append(SlackText.plain(part.heading())).append("*\n");
    }
    int shown = 0;
    for (Line line : part.lines()) {
      String next = "• " + label(line) + SlackText.plain(line.text()) + "\n";
      // Whole lines: a link or an entity that is cut in two would be something else.
      if (text.length() + next.length() > LONGEST_SECTION) {
        break;
      }
      text.append(next);
      shown++;
    }
    if (shown < part.lines().size()) {
      text.append("… and ").append(part.lines().size() - shown).append(" more\n");
    }
    return text.toString();
  }

  private static String label(Line line) {
    if (line.label() == null) {
      return "";
    }
    return line.link() == null
        ? "*" + SlackText.plain(line.label()) + "*: "
        : SlackText.link(line.link(), line.label()) + " ";
  }

  private void buttons(ArrayNode blocks) {
    ObjectNode actions = blocks.addObject().put("type", "actions").put("block_id", "signalbox");
    ArrayNode elements = actions.putArray("elements");
    if (card.open()) {
      card.answers().forEach(answer -> button(elements, "resolve-" + answer, words(answer)));
      if (card.answers().isEmpty()) {
        vote(elements);
      }
      button(elements, "why", "Why");
    }
    button(elements, "details", "Details");
  }

  private void vote(ArrayNode elements) {
    button(
            elements,
            card.reason() ? "approve-why" : "approve",
            card.reason() ? "Approve…" : "Approve")
        .put("style", "primary");
    button(elements, "reject", "Reject…").put("style", "danger");
  }

  /** {@code Not done…}: what it opens asks why. */
  private static String words(String answer) {
    return answer.substring(0, 1).toUpperCase(Locale.ROOT)
        + answer.substring(1).replace('-', ' ')
        + "…";
  }

  private ObjectNode button(ArrayNode elements, String action, String words) {
    ObjectNode button = elements.addObject().put("type", "button");
    button.put("action_id", action);
    button.putObject("text").put("type", "plain_text").put("text", words);
    ObjectNode value = JsonHttp.mapper().createObjectNode();
    value.put("id", card.run()).put("ask", card.ask());
    if (card.digest() != null) {
      value.put("digest", card.digest());
    }
    return button.put("value", value.toString());
  }

  static void section(ArrayNode blocks, String mrkdwn) {
    blocks
        .addObject()
        .put("type", "section")
        .putObject("text")
        .put("type", "mrkdwn")
        .put("text", mrkdwn)
        .put("verbatim", true);
  }
}
