package dev.signalbox.workers.policy;

import dev.signalbox.workers.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code [gateway]}: which doors the gateway opens.
 *
 * @param github whether GitHub's webhooks are taken
 * @param comments whether commands in comments of pull requests are carried out
 * @param railway name of the gateway's variable with the secret part of the path that Railway
 *     calls; empty = that door is off
 * @param api who may use the HTTP API
 * @param slack whether Slack's commands and buttons are taken; empty = where Slack is set up
 */
public record GatewayTable(
    boolean github,
    boolean comments,
    Optional<String> railway,
    List<ApiClient> api,
    Optional<Boolean> slack) {
  /** Without the table. */
  public static final GatewayTable ABSENT =
      new GatewayTable(true, true, Optional.empty(), List.of(), Optional.empty());

  private static final String PREFIX = "env:";
  private static final Set<String> RIGHTS = Set.of("view", "request", "approve-as", "override");
  private static final String REFERENCE =
      "\"env:NAME\", the name of the gateway's variable that holds it";

  public GatewayTable {
    api = List.copyOf(api);
  }

  /**
   * One other program that may use the HTTP API.
   *
   * @param name what it is called here
   * @param token name of the variable that holds its bearer token
   * @param rights what it may do: {@code view}, {@code request}, {@code approve-as}, {@code
   *     override}
   * @param identity name of the variable with the key by which it signs who speaks; empty = it
   *     speaks for itself alone
   */
  public record ApiClient(
      String name, String token, List<String> rights, Optional<String> identity) {
    public ApiClient {
      rights = List.copyOf(rights);
    }
  }

  static GatewayTable read(Section section) {
    GatewayTable table =
        new GatewayTable(
            section.yesOrNo("github").orElse(true),
            section.yesOrNo("comments").orElse(true),
            reference(section, "railway"),
            clients(section),
            section.yesOrNo("slack"));
    section.close(Map.of());
    return table;
  }

  private static List<ApiClient> clients(Section section) {
    List<ApiClient> clients = new ArrayList<>();
    section
        .table("api")
        .map(Section::tables)
        .orElse(Map.of())
        .forEach((name, below) -> clients.add(client(name, below)));
    return clients;
  }

  private static ApiClient client(String name, Section section) {
    Optional<String> token = reference(section, "token");
    if (token.isEmpty() && !section.has("token")) {
      section.add("token", Problem.MISSING, "allowed: " + REFERENCE);
    }
    List<String> rights =
        section.names(
            "rights", RIGHTS::contains, "\"view\", \"request\", \"approve-as\" and \"override\"");
    Optional<String> identity = reference(section, "identity");
    boolean speaksForOthers = rights.contains("approve-as") || rights.contains("override");
    if (speaksForOthers && !section.has("identity")) {
      section.add(
          "identity",
          Problem.MISSING,
          "who may approve or override as a person signs who that is; allowed: " + REFERENCE);
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      section.refusedHere(
          "found the name " + Section.quoted(name),
          "allowed: up to 64 letters, digits, '.', '_' and '-'");
    }
    section.close(Map.of());
    return new ApiClient(name, token.orElse(""), rights, identity);
  }

  // Not quoted: who wrote the secret itself must not find it in a log.
  private static Optional<String> reference(Section section, String key) {
    return section
        .text(key)
        .filter(
            text ->
                text.matches(PREFIX + "[A-Za-z_][A-Za-z0-9_]*")
                    || section.refused(key, "what is no such reference", REFERENCE))
        .map(text -> text.substring(PREFIX.length()));
  }
}
