package dev.signalbox.activities.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A short name for the parts of an answer that matter: two are equal exactly if these are. */
public final class Fingerprint {
  private final MessageDigest digest;

  public Fingerprint() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Adds parts; null and empty differ, and no two lists of parts run together. */
  public Fingerprint add(Object... parts) {
    for (Object part : Arrays.asList(parts)) {
      String text = part == null ? "-" : "+" + part;
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return this;
  }

  /** 64 hex; ends the counting. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
