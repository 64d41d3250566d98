package dev.signalbox.workers.policy;

import java.util.Map;

/**
 * {@code [gateway]}: which doors the gateway opens.
 *
 * @param github whether GitHub's webhooks are taken
 * @param comments whether commands in comments of pull requests are carried out
 */
public record GatewayTable(boolean github, boolean comments) {
  /** Without the table. */
  public static final GatewayTable ABSENT = new GatewayTable(true, true);

  static GatewayTable read(Section section) {
    GatewayTable table =
        new GatewayTable(
            section.yesOrNo("github").orElse(true), section.yesOrNo("comments").orElse(true));
    section.close(Map.of());
    return table;
  }
}
