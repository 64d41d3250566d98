package dev.signalbox.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestTest {
  private record Inner(int c, Duration d) {}

  private record Outer(Inner b, List<String> a, String absent) {}

  private final Outer value =
      new Outer(new Inner(1, Duration.ofMinutes(10)), List.of("x", "é"), null);

  @Test
  void canonicalTextHasSortedKeysNoWhiteSpaceAndNothingForAbsent() {
    assertThat(Digest.text(value))
        .isEqualTo("{\"a\":[\"x\",\"é\"],\"b\":{\"c\":1,\"d\":\"PT10M\"}}");
  }

  @Test
  void isTheSha256OfTheCanonicalTextInUtf8() {
    assertThat(Digest.of(value))
        .isEqualTo("d2fb1e05535a1c54acb95768080a317dd955e2ae1c312ed2be3554e314078b09");
  }

  @Test
  void isTheSameWhateverTheOrderOfTheKeys() {
    Map<String, Object> otherOrder = new LinkedHashMap<>();
    otherOrder.put("b", Map.of("d", "PT10M", "c", 1));
    otherOrder.put("a", List.of("x", "é"));

    assertThat(Digest.of(otherOrder)).isEqualTo(Digest.of(value));
  }

  @Test
  void dependsOnTheOrderOfAList() {
    assertThat(Digest.of(List.of("x", "y"))).isNotEqualTo(Digest.of(List.of("y", "x")));
  }
}
