package dev.signalbox.starter.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.activities.http.Secret;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An address at which whoever knows it may speak for us, so that the engine can keep it: encrypted
 * by the gateway's key (AES-256-GCM), and good for the message alone that it came with.
 */
final class SealedAddress {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final String PURPOSE = "signalbox response address";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom CHANCE = new SecureRandom();

  private SealedAddress() {}

  /**
   * @param message that it came with
   */
  static String seal(String address, String message, Secret key) {
    byte[] nonce = new byte[NONCE];
    CHANCE.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, message, key).doFinal(address.getBytes(UTF_8));
      byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
      return Base64.getEncoder().encodeToString(whole);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }

  /** Empty when it was sealed for another message or by another key, or is nothing of ours. */
  static Optional<String> open(String sealed, String message, Secret key) {
    try {
      byte[] whole = Base64.getDecoder().decode(sealed);
      if (whole.length < NONCE + TAG_BITS / Byte.SIZE) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOf(whole, NONCE);
      byte[] address =
          cipher(Cipher.DECRYPT_MODE, nonce, message, key)
              .doFinal(whole, NONCE, whole.length - NONCE);
      return Optional.of(new String(address, UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException another) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, byte[] nonce, String message, Secret key)
      throws GeneralSecurityException {
    byte[] derived = HexFormat.of().parseHex(new SigningSecret(key.value()).sign(bytes(PURPOSE)));
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, new SecretKeySpec(derived, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bytes(message));
    return cipher;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
