package dev.signalbox.starter.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;

/**
 * Whether Slack sent exactly these bytes, now. Source: "Verifying requests from Slack". What is
 * five minutes old may be a copy; what comes from the future could be kept until it is due.
 */
final class SlackSignature {
  static final String HEADER = "X-Slack-Signature";
  static final String TIMESTAMP = "X-Slack-Request-Timestamp";

  private static final String PREFIX = "v0=";
  private static final long WINDOW = 300;

  private final SigningSecret secret;
  private final Clock clock;

  SlackSignature(SigningSecret secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
  }

  /**
   * @param timestamp as it came; null = it did not
   * @param header as it came; null = it did not
   */
  boolean holds(byte[] body, String timestamp, String header) {
    if (header == null || timestamp == null || !timestamp.matches("[0-9]{1,12}")) {
      return false;
    }
    long age = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
    byte[] begin = ("v0:" + timestamp + ":").getBytes(StandardCharsets.US_ASCII);
    // Of every length in the same time: what differs must not be found out byte by byte.
    return MessageDigest.isEqual(
            (PREFIX + secret.sign(begin, body)).getBytes(StandardCharsets.US_ASCII),
            header.getBytes(StandardCharsets.UTF_8))
        && Math.abs(age) <= WINDOW;
  }
}
