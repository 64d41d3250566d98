package dev.signalbox.activities.migration;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a project's code was given and must not show again: the database's address, and of its other
 * variables those that are secrets by their name or by their look.
 */
final class HiddenValues {
  private static final String MASK = "***";
  private static final int SHORTEST = 4;

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "token|secret|passw|pwd|key|credential|auth|dsn|cookie|private|salt|signature|webhook",
          Pattern.CASE_INSENSITIVE);

  /** The shell's own: where it is, and where it was. */
  private static final Set<String> PLACES = Set.of("PWD", "OLDPWD");

  /** User and password of an address. */
  private static final Pattern USER = Pattern.compile("://([^/@\\s]*:([^/@\\s]+))@");

  /** Long, and letters and digits mixed: hardly a word, a path or a host. */
  private static final Pattern TOKEN_LIKE =
      Pattern.compile("(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9+/=_-]{20,}");

  private final DatabaseAddress address;
  private final List<String> values;

  HiddenValues(DatabaseAddress address, Map<String, String> variables) {
    this.address = address;
    Set<String> found = new LinkedHashSet<>();
    variables.forEach(
        (name, value) -> {
          boolean secret = SECRET_NAME.matcher(name).find() || TOKEN_LIKE.matcher(value).matches();
          if (secret && !PLACES.contains(name)) {
            found.add(value);
            found.add(value.strip());
          }
          Matcher user = USER.matcher(value);
          while (user.find()) {
            found.add(value);
            found.add(user.group(1));
            found.add(user.group(2));
          }
        });
    found.removeIf(value -> value.length() < SHORTEST);
    // The longest first: else a part of it is gone before the whole is looked for.
    this.values =
        found.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** The text without them. */
  String in(String text) {
    String hidden = address.hiddenIn(text);
    for (String value : values) {
      hidden = hidden.replace(value, MASK);
    }
    return hidden;
  }
}
