package dev.signalbox.activities.approval;

import dev.signalbox.activities.http.Secret;
import dev.signalbox.workflows.approval.ProvenWords;
import dev.signalbox.workflows.release.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The HMAC-SHA256 of a decision by the gateway's key, 64 hex: made where the sender is known, and
 * checked by the worker.
 */
public final class DecisionProof {
  private static final String ALGORITHM = "HmacSHA256";

  private DecisionProof() {}

  public static String of(ProvenWords words, Secret key) {
    return HexFormat.of().formatHex(hmac(words, key));
  }

  /** Takes the same time for a near miss as for nonsense. */
  public static boolean holds(ProvenWords words, String proof, Secret key) {
    byte[] given;
    try {
      given = HexFormat.of().parseHex(proof);
    } catch (IllegalArgumentException noHex) {
      return false;
    }
    return MessageDigest.isEqual(hmac(words, key), given);
  }

  private static byte[] hmac(ProvenWords words, Secret key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(Digest.text(words).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }
}
