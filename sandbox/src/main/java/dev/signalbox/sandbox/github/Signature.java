package dev.signalbox.sandbox.github;

import dev.signalbox.sandbox.Hmac;

/** How GitHub signs a webhook. Source: "Validating webhook deliveries". */
final class Signature {
  private Signature() {}

  /** The value of {@code X-Hub-Signature-256}. */
  static String sha256(String secret, byte[] body) {
    return "sha256=" + Hmac.sha256(secret, body);
  }

  /** The value of the older {@code X-Hub-Signature}. */
  static String sha1(String secret, byte[] body) {
    return "sha1=" + Hmac.sha1(secret, body);
  }
}
