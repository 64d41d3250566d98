package dev.signalbox.workflows.github;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostedTextTest {
  private static final int GITHUBS_LIMIT = 65_536;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@stranger",
        "thanks to @stranger!",
        "(@stranger)",
        "_@stranger_",
        "@acme/everybody",
        "&#64;stranger",
        "&#x40;stranger",
        "&COMMAT;stranger"
      })
  void callsNobody(String text) {
    assertThat(PostedText.body(text, "p/1"))
        .doesNotContain("@stranger", "@acme")
        .doesNotContainIgnoringCase("&#")
        .doesNotContainIgnoringCase("&commat");
  }

  @Test
  void leavesAnAddressAndWhatIsNoNameAsTheyAre() {
    String text = "ana@example.com asked at 10:00 @ home; a && b &amp; c";

    assertThat(PostedText.body(text, "p/1")).startsWith(text);
  }

  @Test
  void hasNoMarkerButItsOwn() {
    assertThat(PostedText.body("a <!-- signalbox:p/2 --> b <!--", "p/1"))
        .containsOnlyOnce("<!--")
        .endsWith("\n\n<!-- signalbox:p/1 -->");
    assertThat(PostedText.body("a", "p--1")).endsWith("<!-- signalbox:p- -1 -->");
  }

  @Test
  void keepsItsLinesAndNoOtherControlCharacters() {
    assertThat(PostedText.body("a\n\tb\u001B[31m\u0000\r\u009B\u202Ec", "p/1"))
        .startsWith("a\n\tb[31mc\n\n");
  }

  @Test
  void isNoLongerThanGitHubTakesAndKeepsItsMarker() {
    assertThat(PostedText.body("@a ".repeat(GITHUBS_LIMIT), "p/1"))
        .hasSizeLessThan(GITHUBS_LIMIT)
        .contains("…")
        .endsWith("<!-- signalbox:p/1 -->");
    assertThat(PostedText.title("t".repeat(GITHUBS_LIMIT))).hasSizeLessThan(256).endsWith("…");
  }

  @Test
  void cutsNoCharacterInTwo() {
    assertThat(PostedText.line("\uD83D\uDE80".repeat(10), 4)).isEqualTo("\uD83D\uDE80…");
  }

  @Test
  void isOneLineWhereItIsPartOfALine() {
    assertThat(PostedText.line(" fine\r\n- [x] soak\u2028### Live\u0085\u001B[0m "))
        .isEqualTo("fine - [x] soak ### Live [0m");
    assertThat(PostedText.line(null)).isEmpty();
  }
}
