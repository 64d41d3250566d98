package dev.signalbox.sandbox.github;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How GitHub signs a webhook. Source: "Validating webhook deliveries". */
final class Signature {

  private Signature() {}

  /** The value of {@code X-Hub-Signature-256}. */
  static String sha256(String secret, byte[] body) {
    return "sha256=" + hmac("HmacSHA256", secret, body);
  }

  /** The value of the older {@code X-Hub-Signature}. */
  static String sha1(String secret, byte[] body) {
    return "sha1=" + hmac("HmacSHA1", secret, body);
  }

  private static String hmac(String algorithm, String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + algorithm, impossible);
    }
  }
}
