package dev.signalbox.workers.config;

import dev.signalbox.activities.http.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The environment variables, read with complaints instead of surprises: each read notes what is
 * wrong and goes on, so that a start reports everything at once.
 *
 * <p>Set but empty counts as absent.
 */
public final class Env {
  private static final String PREFIX = "SIGNALBOX_";

  /** Every {@code SIGNALBOX_} name there is; another one is a mistake. */
  static final List<String> NAMES =
      List.of(
          "SIGNALBOX_CONFIG",
          "SIGNALBOX_RAILWAY_URL",
          "SIGNALBOX_GITHUB_URL",
          "SIGNALBOX_SLACK_URL",
          "SIGNALBOX_SERVICE_SCHEME",
          "SIGNALBOX_USER",
          "SIGNALBOX_GATEWAY_KEY",
          "SIGNALBOX_DIGEST_KEY",
          "SIGNALBOX_GITHUB_WEBHOOK_SECRET",
          "SIGNALBOX_SLACK_SIGNING_SECRET",
          "SIGNALBOX_OPS_PORT",
          "SIGNALBOX_LOG");

  private static final Pattern SECRET = Pattern.compile("TOKEN|SECRET|KEY|PASSW");

  /** Something shorter would blank half a line out. */
  private static final int SHORTEST_SECRET = 6;

  private final Map<String, String> values;
  private final Problems problems = new Problems();

  public Env(Map<String, String> values) {
    this.values = new LinkedHashMap<>(values);
    this.values.values().removeIf(String::isEmpty);
    checkNames();
  }

  /** The variables of this process. */
  public static Env ofProcess() {
    return new Env(System.getenv());
  }

  /** What was wrong so far. */
  public Problems problems() {
    return problems;
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A token; with white space around it, it is refused, because the other side would say 401. */
  public Optional<Secret> secret(String name) {
    Optional<String> value = text(name);
    if (value.isPresent() && !value.get().equals(value.get().strip())) {
      refuse(
          name,
          "has white space around it (a copied line break, probably)",
          "set it without that white space");
      return Optional.empty();
    }
    if (value.isPresent() && !value.get().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      refuse(name, "holds what no token has", "allowed: visible ASCII without white space");
      return Optional.empty();
    }
    return value.map(Secret::new);
  }

  /**
   * A token that must be there.
   *
   * @param why what it is needed for, and what to do instead
   */
  public Optional<Secret> neededSecret(String name, String why) {
    if (text(name).isEmpty()) {
      refuse(name, "is not set", why);
    }
    return secret(name);
  }

  /**
   * A secret that people may have made up as words: kept as it is, inner spaces too.
   *
   * @param why what it is needed for, and what to do instead
   */
  public Optional<String> neededPhrase(String name, String why) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      refuse(name, "is not set", why);
      return Optional.empty();
    }
    boolean plain = value.get().chars().noneMatch(Character::isISOControl);
    if (!plain || !value.get().equals(value.get().strip())) {
      refuse(
          name,
          "has white space around it or a line break in it (a copied one, probably)",
          "set it as the other side has it");
      return Optional.empty();
    }
    return value;
  }

  /** All of them, for what reads variables of its own: AWS's client, programs that are started. */
  Variables all() {
    return new Variables(values);
  }

  /** What must appear nowhere: the values of all variables that hold a token, a key or a secret. */
  public List<String> secretValues() {
    return values.entrySet().stream()
        .filter(entry -> SECRET.matcher(entry.getKey()).find())
        .map(Map.Entry::getValue)
        .filter(value -> value.length() >= SHORTEST_SECRET)
        .distinct()
        .toList();
  }

  /** An http or https address, or the default. */
  public URI address(String name, String otherwise) {
    String value = text(name).orElse(otherwise);
    if (!Addresses.web(value)) {
      refuse(name, "found '" + value + "'", "allowed: an http:// or https:// address");
      return URI.create(otherwise);
    }
    return URI.create(value);
  }

  /** One of these words, or the first. */
  public String word(String name, List<String> allowed) {
    String value = text(name).orElse(allowed.get(0));
    if (!allowed.contains(value)) {
      refuse(name, "found '" + value + "'", "allowed: " + String.join(" or ", allowed));
      return allowed.get(0);
    }
    return value;
  }

  /** A port; 0 when absent. */
  public int port(String name) {
    String value = text(name).orElse("0");
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
      refuse(name, "found '" + value + "'", "allowed: a port from 1 to 65535, or 0 for none");
      return 0;
    }
    return Integer.parseInt(value);
  }

  void refuse(String name, String found, String allowed) {
    problems.add(new Problem(null, name, found, allowed));
  }

  private void checkNames() {
    for (String name : new TreeSet<>(values.keySet())) {
      if (name.startsWith(PREFIX) && !NAMES.contains(name)) {
        refuse(
            name,
            "there is no such setting",
            Suggestion.nearest(name, NAMES)
                .map(near -> "did you mean " + near + "?")
                .orElse("allowed: " + String.join(", ", NAMES)));
      }
    }
  }
}
