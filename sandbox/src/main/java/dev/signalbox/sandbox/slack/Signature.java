package dev.signalbox.sandbox.slack;

import dev.signalbox.sandbox.Hmac;
import java.nio.charset.StandardCharsets;

/** How Slack signs what it sends. Source: "Verifying requests from Slack". */
final class Signature {
  private Signature() {}

  /** The value of {@code X-Slack-Signature}. */
  static String v0(String secret, String timestamp, byte[] body) {
    byte[] begin = ("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8);
    return "v0=" + Hmac.sha256(secret, begin, body);
  }
}
