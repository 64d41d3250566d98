package dev.signalbox.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.activities.http.Secret;
import dev.signalbox.workflows.approval.ProofActivities.ProofQuery;
import dev.signalbox.workflows.approval.ProvenWords;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionProofTest {
  private static final Secret KEY = new Secret("key-of-the-gateway");
  private static final ProvenWords WORDS = words("promotion/p/e/1", "approve", "ana", "slack");

  private final ProofActivitiesImpl proofs =
      new ProofActivitiesImpl(Optional.of(KEY), Set.of("inspector"));

  /** Made once by {@code printf '%s' '<canonical JSON>' | openssl dgst -sha256 -hmac KEY}. */
  @Test
  void isTheHmacOfTheCanonicalJson() {
    assertThat(DecisionProof.of(WORDS, KEY))
        .isEqualTo("8aa86ebb3b776a7817ccc5cb5188437577a457a013c01f6b3444e8506d60ef92");
  }

  @Test
  void holdsForExactlyTheseWords() {
    assertThat(proofs.holds(new ProofQuery("inspector", WORDS, DecisionProof.of(WORDS, KEY))))
        .isTrue();
  }

  static Stream<ProvenWords> otherWords() {
    return Stream.of(
        words("promotion/p/e/2", "approve", "ana", "slack"),
        words("promotion/p/e/1", "reject", "ana", "slack"),
        words("promotion/p/e/1", "approve", "ben", "slack"),
        words("promotion/p/e/1", "approve", "ana", "github"));
  }

  @ParameterizedTest
  @MethodSource("otherWords")
  void doesNotHoldForOtherWords(ProvenWords others) {
    assertThat(proofs.holds(new ProofQuery("inspector", others, DecisionProof.of(WORDS, KEY))))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "zz", "3f2a9c"})
  void isNotWhatSomebodyGuesses(String guess) {
    assertThat(proofs.holds(new ProofQuery("inspector", WORDS, guess))).isFalse();
  }

  @Test
  void isNotMadeByAnotherKey() {
    String forged = DecisionProof.of(WORDS, new Secret("another"));

    assertThat(proofs.holds(new ProofQuery("inspector", WORDS, forged))).isFalse();
  }

  @Test
  void provesNothingToAWorkerWithoutAKey() {
    ProofActivitiesImpl keyless = new ProofActivitiesImpl(Optional.empty(), Set.of("inspector"));

    assertThat(keyless.holds(new ProofQuery("inspector", WORDS, DecisionProof.of(WORDS, KEY))))
        .isFalse();
  }

  private static ProvenWords words(String id, String verdict, String person, String door) {
    return new ProvenWords(1, id, "d-1", "approval-1", verdict, "3f2a9c3f2a9c", person, door, "ok");
  }
}
