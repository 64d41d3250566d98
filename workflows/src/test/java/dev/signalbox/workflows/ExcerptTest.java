package dev.signalbox.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final String REFUSAL =
      "backend Railway: deploy 1a2b3c4 to backend (POST https://backboard.railway.com/graphql/v2)"
          + " answered 200: Deployment does not have an associated build; next: change what the"
          + " message names";

  @Test
  void keepsWhatFits() {
    assertThat(Excerpt.of("short", 5)).isEqualTo("short");
    assertThat(Excerpt.of(null, 5)).isNull();
  }

  @Test
  void keepsWhatWasTriedAndWhatCameBack() {
    assertThat(Excerpt.of(REFUSAL, 110))
        .isEqualTo(
            "backend Railway: deploy 1a2b3c4 to backend answered 200: Deployment does not have an"
                + " associated build");
  }

  @Test
  void keepsWhatFollowsTheAdvice() {
    assertThat(Excerpt.of(REFUSAL + "; back on the last good set", 140))
        .startsWith("backend Railway: deploy 1a2b3c4 to backend answered 200")
        .endsWith("associated build; back on the last good set");
  }

  @Test
  void takesTheMiddleWhereThereIsNoRoom() {
    assertThat(Excerpt.of("0123456789abcdefghij", 10)).isEqualTo("012…efghij");
  }

  @Test
  void neverCutsACharacterInTwo() {
    String rockets = "\uD83D\uDE80".repeat(10);

    for (int longest = 3; longest < 20; longest++) {
      assertThat(Excerpt.of(rockets, longest))
          .hasSizeLessThanOrEqualTo(longest)
          .matches("(\uD83D\uDE80)*…(\uD83D\uDE80)*");
    }
  }

  @Test
  void endsTheBeginOfATextWithASignAndNeverInHalfACharacter() {
    assertThat(Excerpt.begin("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Excerpt.begin("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(Excerpt.begin("abcd\uD83D\uDE80g", 6)).isEqualTo("abcd…");
  }
}
