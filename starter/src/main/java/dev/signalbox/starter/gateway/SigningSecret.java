package dev.signalbox.starter.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a sender signs with. Prints as {@code ***}. */
record SigningSecret(String value) {
  private static final String ALGORITHM = "HmacSHA256";

  /** HMAC-SHA256 over these bytes, in lower-case hex. */
  String sign(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }

  /**
   * Whether this is the signature of these bytes; of every length in the same time, so that what
   * differs is not found out byte by byte.
   *
   * @param signature as it came
   */
  boolean signed(String signature, byte[]... parts) {
    return MessageDigest.isEqual(
        sign(parts).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}
