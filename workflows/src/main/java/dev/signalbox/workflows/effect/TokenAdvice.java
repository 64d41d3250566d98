package dev.signalbox.workflows.effect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The advice in a refusal that is about our token: it names the variable to set. Whoever reads the
 * refusal later knows by it that the configuration is what has to change.
 */
public final class TokenAdvice {
  private static final Pattern NAMED =
      Pattern.compile("; next: set ([A-Za-z_]\\w*) to a valid token");

  private TokenAdvice() {}

  /** What to do, for the end of a message. */
  public static String set(String variable, String rights) {
    return "set " + variable + " to a valid token" + rights;
  }

  /** The variable that this message says to set; empty when it is about something else. */
  public static Optional<String> variable(String message) {
    if (message == null) {
      return Optional.empty();
    }
    Matcher named = NAMED.matcher(message);
    return named.find() ? Optional.of(named.group(1)) : Optional.empty();
  }
}
