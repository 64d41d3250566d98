package dev.signalbox.workers.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code [notify]}: the places where people are told besides the pull request.
 *
 * @param slack empty = nobody is told at Slack
 */
public record NotifyTable(Optional<Slack> slack) {
  /** Without the table. */
  public static final NotifyTable ABSENT = new NotifyTable(Optional.empty());

  private static final String REFERENCE = "env:";

  /**
   * A channel at Slack.
   *
   * @param token name of the worker's variable that holds the bot token
   * @param channel its id
   */
  public record Slack(String token, String channel) {}

  static NotifyTable read(Section section) {
    NotifyTable table = new NotifyTable(section.table("slack").map(NotifyTable::slack));
    section.close(Map.of());
    return table;
  }

  private static Slack slack(Section section) {
    Object written = section.value("token");
    String token = "";
    if (written instanceof String text && text.startsWith("xox")) {
      // Not quoted: a token that was written here must not be found in a log.
      section.refused(
          "token", "a token itself", "\"env:NAME\" of the variable that holds it; keep it secret");
    } else {
      token =
          section.required(
              "token",
              text -> text.matches("env:[A-Za-z_][A-Za-z0-9_]*"),
              "\"env:NAME\" of the worker's variable that holds the bot token");
    }
    String channel =
        section.required(
            "channel",
            text -> text.matches("[CG][A-Z0-9]{6,}"),
            "the channel's id, as C024BE91L (its name does not do: names change)");
    section.close(Map.of());
    return new Slack(token.startsWith(REFERENCE) ? token.substring(4) : token, channel);
  }

  /** Names of the worker's variables that hold tokens. */
  Set<String> tokens() {
    return slack.map(one -> Set.of(one.token())).orElse(Set.of());
  }
}
