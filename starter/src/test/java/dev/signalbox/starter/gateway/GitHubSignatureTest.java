package dev.signalbox.starter.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class GitHubSignatureTest {
  private static final SigningSecret SECRET = new SigningSecret("It's a Secret to Everybody");
  private static final byte[] BODY = "Hello, World!".getBytes(UTF_8);
  private static final String SIGNED =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  private final GitHubSignature signature = new GitHubSignature(SECRET);

  @Test
  void holdsForTheExampleThatGitHubPublishes() {
    assertThat(signature.holds(BODY, SIGNED)).isTrue();
  }

  @Test
  void holdsForNoBodyInWhichOneBitIsAnother() {
    for (int bit = 0; bit < BODY.length * 8; bit++) {
      assertThat(signature.holds(flipped(BODY, bit), SIGNED)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void holdsForNoSignatureInWhichOneBitIsAnother() {
    byte[] header = SIGNED.getBytes(US_ASCII);
    for (int bit = 0; bit < header.length * 8; bit++) {
      String other = new String(flipped(header, bit), ISO_8859_1);
      assertThat(signature.holds(BODY, other)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void holdsForNothingElseThanThatHeader() {
    String hex = SIGNED.substring("sha256=".length());

    assertThat(new String[] {null, "", "sha256=", hex, "sha1=" + hex, SIGNED + " ", SIGNED + "00"})
        .noneMatch(header -> signature.holds(BODY, header));
    assertThat(signature.holds(BODY, SIGNED.toUpperCase(Locale.ROOT))).isFalse();
    assertThat(signature.holds(new byte[0], SIGNED)).isFalse();
  }

  @Test
  void keepsItsSecretToItself() {
    assertThat(SECRET).hasToString("***");
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] other = bytes.clone();
    other[bit / 8] ^= (byte) (1 << bit % 8);
    return other;
  }
}
