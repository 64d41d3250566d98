package dev.signalbox.starter.gateway;

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
    return header != null
        && header.startsWith(PREFIX)
        && secret.signed(header.substring(PREFIX.length()), body);
  }
}
