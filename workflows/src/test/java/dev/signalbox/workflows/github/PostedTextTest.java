package dev.signalbox.workflows.github;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "[click](http://evil.example) = \\[click\\](http:|//evil.example)",
        "![pixel](http://evil.example/x.png) = !\\[pixel\\](http:|//evil.example/x.png)",
        "<script>alert(1)</script> = \\<script>alert(1)\\</script>",
        "*bold* and `code` = \\*bold\\* and \\`code\\`",
        "_slanted_ snake_case = |_|slanted|_| snake_case",
        "fixes #1, see GH-2 = fixes #|1, see GH-|2",
        "www.evil.example = www|.evil.example",
        "ana@example.com = ana@|example.com",
        "# heading = \\# heading",
        "> said = \\> said",
        "0001 -> 0003 = 0001 -> 0003",
        "1. first = 1\\. first",
        "2026-11-02 - 3.5 = 2026-11-02 - 3.5",
        "a \\* b = a \\\\\\* b",
      })
  void showsTheWordsOfOthersAndNothingElse(String words, String posted) {
    assertThat(PostedText.words(words)).isEqualTo(posted.replace('|', '\u200B'));
  }

  @Test
  void keepsInAWholeTextWhatTookTheWordsOfOthersApart() {
    String words = PostedText.words("fixes #1 at http://evil.example");

    assertThat(PostedText.body("- " + words, "p/1")).startsWith("- " + words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- reason: see [this](http://evil.example)",
        "- reason: ![](http://evil.example/x.png)",
        "- [evil]: http://evil.example",
        "- reason: <img src=x> <b>big</b> </details>",
        "- reason: Fixes #12",
        "- reason: closes: acme/other#3",
        "- reason: resolved https://github.com/acme/inspector/issues/3"
      })
  void linksAndClosesNothingInTheMiddleOfALine(String text) {
    String body = PostedText.body(text, "p/1");

    assertThat(body.substring(0, body.indexOf("\n\n<!--")))
        .doesNotMatch("(?is).*(\\][(\\[:]|<[a-z/]|(fixes|closes:?|resolved) \\S*(#|://)).*");
  }

  @Test
  void keepsWhatItFoldsAwayAndTheCommentsThatItAnswers() {
    String text =
        "\n<details><summary>All 3 samples</summary>\n\n| a |\n\n</details>\n"
            + "To ana ([comment 7](#issuecomment-7)): closed, and fixed at 10:00";

    assertThat(PostedText.body(text, "p/1")).startsWith(text);
  }
}
