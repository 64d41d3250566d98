package dev.signalbox.starter.gateway;

import dev.signalbox.workers.config.Env;
import dev.signalbox.workers.config.Problem;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether the secrets of the doors are any: long enough that nobody guesses them, and each another
 * one, so that who has one has not two.
 */
final class GatewaySecrets {
  private static final int SHORTEST = 16;

  private final Env env;
  private final Map<String, String> users = new HashMap<>();

  GatewaySecrets(Env env) {
    this.env = env;
  }

  /**
   * Notes what is wrong with it; one that is not set is somebody else's to miss.
   *
   * @param user who uses it, as the file or the variable names that
   */
  void check(String variable, String user) {
    env.text(variable).ifPresent(value -> check(variable, user, value));
  }

  private void check(String variable, String user, String value) {
    if (value.length() < SHORTEST) {
      refuse(
          variable,
          "is shorter than " + SHORTEST + " characters, and can be guessed",
          "take one that chance made, the same at both ends: `openssl rand -hex 32`");
    }
    String other = users.putIfAbsent(value, user);
    if (other != null) {
      refuse(
          variable,
          "is the secret of " + other + " and of " + user,
          "give each a variable and a secret of its own");
    }
  }

  private void refuse(String variable, String found, String allowed) {
    env.problems().add(new Problem(null, variable, found, allowed));
  }
}
