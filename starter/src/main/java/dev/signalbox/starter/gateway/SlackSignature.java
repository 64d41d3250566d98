package dev.signalbox.starter.gateway;

import java.time.Clock;

/** Whether Slack sent exactly these bytes, now. Source: "Verifying requests from Slack". */
final class SlackSignature {
  static final String HEADER = "X-Slack-Signature";
  static final String TIMESTAMP = "X-Slack-Request-Timestamp";

  private static final String VERSION = "v0";
  private static final String PREFIX = VERSION + "=";

  private final SigningSecret secret;
  private final StampedSignature signature;

  SlackSignature(SigningSecret secret, Clock clock) {
    this.secret = secret;
    this.signature = new StampedSignature(VERSION, clock);
  }

  /**
   * @param timestamp as it came; null = it did not
   * @param header as it came; null = it did not
   */
  boolean holds(byte[] body, String timestamp, String header) {
    return header != null
        && header.startsWith(PREFIX)
        && signature.holds(secret, body, timestamp, header.substring(PREFIX.length()));
  }
}
