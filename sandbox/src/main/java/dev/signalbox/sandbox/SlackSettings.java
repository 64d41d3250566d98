package dev.signalbox.sandbox;

/**
 * Where Slack tells the app what people do.
 *
 * @param commands takes slash commands; null = nobody does
 * @param interactions takes buttons and dialogs; null = nobody does
 */
public record SlackSettings(String commands, String interactions) {
  public static final SlackSettings NONE = new SlackSettings(null, null);
}
