package dev.signalbox.starter.e2e;

/** {@code signalbox.toml} with something else in it. */
final class PolicyText {
  private PolicyText() {}

  /** The file with another value for a key that the environment's own table has. */
  static String with(String toml, String environment, String key, String value) {
    return toml.replaceFirst(
        "(?s)(\\[environments\\." + environment + "\\]\\n.*?\\n" + key + " = )[^\\n]*",
        "$1" + value);
  }

  /** The file without a key that the environment's own table has. */
  static String without(String toml, String environment, String key) {
    return toml.replaceFirst(
        "(?s)(\\[environments\\." + environment + "\\]\\n.*?\\n)" + key + " = [^\\n]*\\n", "$1");
  }
}
