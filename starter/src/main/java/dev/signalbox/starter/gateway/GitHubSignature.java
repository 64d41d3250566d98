package dev.signalbox.starter.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Whether GitHub sent exactly these bytes. Source: "Validating webhook deliveries"; the older
 * {@code X-Hub-Signature} (SHA-1) proves nothing.
 */
final class GitHubSignature {
  static final String HEADER = "X-Hub-Signature-256";

  private static final String PREFIX = "sha256=";

  private final SigningSecret secret;

  GitHubSignature(SigningSecret secret) {
    this.secret = secret;
  }

  /**
   * @param header as it came; null = it did not
   */
  boolean holds(byte[] body, String header) {
    if (header == null) {
      return false;
    }
    // Of every length in the same time: what differs must not be found out byte by byte.
    return MessageDigest.isEqual(
        (PREFIX + secret.sign(body)).getBytes(StandardCharsets.US_ASCII),
        header.getBytes(StandardCharsets.UTF_8));
  }
}
