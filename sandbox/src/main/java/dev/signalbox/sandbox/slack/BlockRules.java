package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Block Kit's limits. Each mistake is said with a pointer to its place, as Slack does. */
final class BlockRules {
  private static final Set<String> BLOCKS =
      Set.of("section", "actions", "context", "divider", "header", "input", "image", "rich_text");
  private static final Set<String> ELEMENTS =
      Set.of("button", "plain_text_input", "static_select", "checkboxes", "overflow", "image");
  private static final String PLAIN = "plain_text";

  private final List<String> mistakes = new ArrayList<>();
  private final Set<String> actionIds = new HashSet<>();
  private final Set<String> blockIds = new HashSet<>();

  private BlockRules() {}

  /** Throws {@code invalid_blocks}; gives blocks without an id one, as Slack does. */
  static JsonNode check(JsonNode blocks, int most) {
    if (!blocks.isArray()) {
      throw new SlackError("invalid_blocks_format");
    }
    BlockRules rules = new BlockRules();
    rules.all(blocks, most, "/blocks");
    if (!rules.mistakes.isEmpty()) {
      throw new SlackError("invalid_blocks", rules.mistakes);
    }
    return blocks;
  }

  /** Throws {@code invalid_arguments}, as {@code views.open} does for all that is wrong in one. */
  static JsonNode checkView(JsonNode view) {
    BlockRules rules = new BlockRules();
    if (!view.path("type").asText().equals("modal")) {
      rules.mistake("unsupported type: " + view.path("type"), "/view/type");
    }
    rules.text(view.path("title"), 24, true, "/view/title");
    for (String name : List.of("submit", "close")) {
      if (view.has(name)) {
        rules.text(view.path(name), 24, true, "/view/" + name);
      }
    }
    rules.longest(view, "private_metadata", 3000, "/view");
    rules.longest(view, "callback_id", 255, "/view");
    rules.all(view.path("blocks"), 100, "/view/blocks");
    if (!rules.mistakes.isEmpty()) {
      throw new SlackError("invalid_arguments", rules.mistakes);
    }
    return view;
  }

  private void mistake(String what, String pointer) {
    mistakes.add(what + " [json-pointer:" + pointer + "]");
  }

  private void all(JsonNode blocks, int most, String at) {
    if (!blocks.isArray()) {
      mistake("missing required field: blocks", at);
    }
    if (blocks.size() > most) {
      mistake("no more than " + most + " items allowed", at);
    }
    for (int i = 0; i < blocks.size(); i++) {
      block(blocks.get(i), at + "/" + i);
    }
  }

  private void block(JsonNode block, String at) {
    String type = block.path("type").asText();
    if (!BLOCKS.contains(type)) {
      mistake("unsupported type: " + type, at + "/type");
      return;
    }
    id(block, at);
    switch (type) {
      case "section" -> section(block, at);
      case "actions" -> elements(block, 25, at);
      case "context" -> context(block, at);
      case "header" -> text(block.path("text"), 150, true, at + "/text");
      case "input" -> input(block, at);
      default -> {}
    }
  }

  private void id(JsonNode block, String at) {
    longest(block, "block_id", 255, at);
    String id = Json.text(block, "block_id");
    if (id == null && block instanceof ObjectNode object) {
      object.put("block_id", Integer.toString(ThreadLocalRandom.current().nextInt(1 << 30), 36));
    } else if (!blockIds.add(String.valueOf(id))) {
      mistake("block_id must be unique", at + "/block_id");
    }
  }

  private void section(JsonNode block, String at) {
    if (!block.has("text") && !block.has("fields")) {
      mistake("missing required field: text or fields", at);
    }
    if (block.has("text")) {
      text(block.path("text"), 3000, false, at + "/text");
    }
    if (block.path("fields").size() > 10) {
      mistake("no more than 10 items allowed", at + "/fields");
    }
    for (int i = 0; i < block.path("fields").size(); i++) {
      text(block.path("fields").get(i), 2000, false, at + "/fields/" + i);
    }
    if (block.has("accessory")) {
      element(block.path("accessory"), at + "/accessory");
    }
  }

  private void elements(JsonNode block, int most, String at) {
    JsonNode elements = block.path("elements");
    if (elements.isEmpty()) {
      mistake("no fewer than 1 items allowed", at + "/elements");
    }
    if (elements.size() > most) {
      mistake("no more than " + most + " items allowed", at + "/elements");
    }
    for (int i = 0; i < elements.size(); i++) {
      element(elements.get(i), at + "/elements/" + i);
    }
  }

  private void context(JsonNode block, String at) {
    JsonNode elements = block.path("elements");
    if (elements.isEmpty() || elements.size() > 10) {
      mistake("1 to 10 items allowed", at + "/elements");
    }
    for (int i = 0; i < elements.size(); i++) {
      text(elements.get(i), 3000, false, at + "/elements/" + i);
    }
  }

  private void input(JsonNode block, String at) {
    text(block.path("label"), 2000, true, at + "/label");
    element(block.path("element"), at + "/element");
  }

  private void element(JsonNode element, String at) {
    String type = element.path("type").asText();
    if (!ELEMENTS.contains(type)) {
      mistake("unsupported type: " + type, at + "/type");
      return;
    }
    longest(element, "action_id", 255, at);
    String id = Json.text(element, "action_id");
    if (id != null && !actionIds.add(id)) {
      mistake("action_id must be unique", at + "/action_id");
    }
    if (type.equals("button")) {
      text(element.path("text"), 75, true, at + "/text");
      longest(element, "value", 2000, at);
      longest(element, "url", 3000, at);
      if (element.has("style")
          && !List.of("primary", "danger").contains(element.path("style").asText())) {
        mistake("must be one of: primary, danger", at + "/style");
      }
    }
  }

  private void longest(JsonNode object, String name, int most, String at) {
    if (object.path(name).asText("").length() > most) {
      mistake("must be less than " + (most + 1) + " characters", at + "/" + name);
    }
  }

  private void text(JsonNode text, int most, boolean plain, String at) {
    String type = text.path("type").asText();
    if (!type.equals(PLAIN) && (plain || !type.equals("mrkdwn"))) {
      mistake("unsupported type: " + type, at + "/type");
    }
    String words = text.path("text").asText("");
    if (words.isEmpty()) {
      mistake("must be more than 0 characters", at + "/text");
    }
    if (words.length() > most) {
      mistake("must be less than " + (most + 1) + " characters", at + "/text");
    }
  }
}
