package dev.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Finds what can be pressed in blocks. */
final class Elements {
  private Elements() {}

  /** A button with the id of the block that holds it. */
  record Found(String block, JsonNode element) {}

  /**
   * @param wanted action_id, or the button's words
   */
  static Optional<Found> find(JsonNode blocks, String wanted) {
    for (JsonNode block : blocks) {
      String id = block.path("block_id").asText();
      for (JsonNode element : block.path("elements")) {
        if (is(element, wanted)) {
          return Optional.of(new Found(id, element));
        }
      }
      if (is(block.path("accessory"), wanted)) {
        return Optional.of(new Found(id, block.path("accessory")));
      }
    }
    return Optional.empty();
  }

  private static boolean is(JsonNode element, String wanted) {
    return element.path("type").asText().equals("button")
        && (element.path("action_id").asText().equals(wanted)
            || element.at("/text/text").asText().equalsIgnoreCase(wanted));
  }
}
