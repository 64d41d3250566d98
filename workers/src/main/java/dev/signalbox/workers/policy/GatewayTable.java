package dev.signalbox.workers.policy;

import java.util.Map;

/**
 * {@code [gateway]}: which doors the gateway opens.
 *
 * @param github whether GitHub's webhooks are taken
 */
public record GatewayTable(boolean github) {
  /** Without the table. */
  public static final GatewayTable ABSENT = new GatewayTable(true);

  static GatewayTable read(Section section) {
    GatewayTable table = new GatewayTable(section.yesOrNo("github").orElse(true));
    section.close(Map.of());
    return table;
  }
}
