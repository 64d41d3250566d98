package dev.signalbox.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the outside systems sign with. */
public final class Hmac {
  private Hmac() {}

  /** By SHA-256, in lower-case hex. */
  public static String sha256(String secret, byte[]... parts) {
    return hex("HmacSHA256", secret, parts);
  }

  /** By the older SHA-1, in lower-case hex. */
  public static String sha1(String secret, byte[]... parts) {
    return hex("HmacSHA1", secret, parts);
  }

  private static String hex(String algorithm, String secret, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + algorithm, impossible);
    }
  }
}
