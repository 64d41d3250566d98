package dev.signalbox.starter.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;

/**
 * Signatures over {@code <version>:<timestamp>:<body>} that are good for five minutes. What is
 * older may be a copy; what comes from the future could be kept until it is due.
 */
record StampedSignature(String version, Clock clock) {
  private static final long WINDOW = 300;

  /**
   * Whether whoever has the secret signed exactly these bytes, now.
   *
   * @param timestamp seconds since 1970, as it came; null = it did not
   * @param signature hex, as it came; null = it did not
   */
  boolean holds(SigningSecret secret, byte[] body, String timestamp, String signature) {
    if (signature == null || timestamp == null || !timestamp.matches("[0-9]{1,12}")) {
      return false;
    }
    long age = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
    byte[] begin = (version + ":" + timestamp + ":").getBytes(StandardCharsets.US_ASCII);
    return secret.signed(signature, begin, body) && Math.abs(age) <= WINDOW;
  }

  /** The moment of a timestamp whose signature held. */
  static Instant moment(String timestamp) {
    return Instant.ofEpochSecond(Long.parseLong(timestamp));
  }
}
