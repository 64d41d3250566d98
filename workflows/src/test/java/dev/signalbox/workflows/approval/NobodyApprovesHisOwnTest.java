package dev.signalbox.workflows.approval;

import static dev.signalbox.workflows.approval.AnswerFixture.anAnswer;
import static dev.signalbox.workflows.fixtures.ApprovalsFixture.byOneOf;
import static dev.signalbox.workflows.fixtures.PipelineFixture.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.github.Contributor;
import dev.signalbox.workflows.github.Contributor.Part;
import dev.signalbox.workflows.policy.Pipeline;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever has a part in a release may not approve it, by whatever account he has it. */
class NobodyApprovesHisOwnTest extends AsksHouse {
  private static final String COMMIT = "1a2b3c4".repeat(6).substring(0, 40);
  private static final Pipeline PIPELINE = aPipeline().approvedByReleasers(1).build();

  static Stream<Arguments> everyPartOfAna() {
    return Stream.of(
        Arguments.of("author", part(Part.AUTHOR, "Ana-GH", "elsewhere@example.com")),
        Arguments.of("committer", part(Part.COMMITTER, null, "ANA@example.com")),
        Arguments.of("co-author", part(Part.CO_AUTHOR, null, "ana@example.com")),
        Arguments.of("co-author", part(Part.CO_AUTHOR, null, "7+ana-gh@users.noreply.github.com")),
        Arguments.of("pusher", part(Part.PUSHER, "ana-gh", null)),
        Arguments.of("author", new Contributor(Part.AUTHOR, COMMIT, null, "Ana", "at@home")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everyPartOfAna")
  void refusesTheYesOfWhoeverHasAPartInIt(String word, Contributor part) {
    asks.open(partlyBy(Involved.of(PIPELINE, List.of(part)), approval(1, "ana", "ben")));

    DecisionReply reply = asks.take(anAnswer().by("ana@example.com").build());

    assertThat(reply)
        .isEqualTo(
            new DecisionReply(
                false, "'ana@example.com' is " + word + " of 1a2b3c4 and may not approve it"));
  }

  @Test
  void findsThePersonByEitherOfTwoAccounts() {
    Contributor withCarlsAccountAndAnasAddress = part(Part.AUTHOR, "carl-gh", "ana@example.com");

    assertThat(Involved.of(PIPELINE, List.of(withCarlsAccountAndAnasAddress)))
        .extracting(Involved::person)
        .containsExactly("ana", "carl");
  }

  @Test
  void countsTheNoOfWhoeverHasAPartInIt() {
    asks.open(
        partlyBy(
            Involved.of(PIPELINE, List.of(part(Part.AUTHOR, "ana-gh", null))),
            approval(1, "ana", "ben")));

    assertThat(asks.take(anAnswer().saying("reject").by("ana").build()).counted()).isTrue();
  }

  @Test
  void knowsNobodyToHaveAPartInItWherePolicyAllowsThat() {
    Pipeline allowing =
        aPipeline().approved(byOneOf("release").byWhoeverHasAPartInItToo().build()).build();

    assertThat(Involved.of(allowing, List.of(part(Part.AUTHOR, "ana-gh", null)))).isEmpty();
  }

  @Test
  void saysWhoMayNotBesideWhoMay() {
    Ask ask =
        partlyBy(
            Involved.of(PIPELINE, List.of(part(Part.AUTHOR, "ana-gh", null))),
            approval(1, "ana", "ben"));

    assertThat(ask.whose()).isEqualTo("ben; not ana (author of 1a2b3c4)");
  }

  // The card named who had asked for it among those who may approve.
  @Test
  void saysThatWhoAskedForItMayNot() {
    asks.judgeBy(PIPELINE, "ben-gh");

    assertThat(asks.open(approval(1, "ana", "ben")).whose())
        .isEqualTo("ana; not ben (who asked for it)");
  }

  @ParameterizedTest
  @MethodSource("everyNameOfABot")
  void refusesABotsYes(String claim) {
    asks.judgeBy(aPipeline().withABotAmongTheReleasers().approvedByReleasers(1).build(), "bob");
    asks.open(approval(1, "ana", "renovate"));

    assertThat(asks.take(anAnswer().by(claim).build()).message())
        .isEqualTo("'" + claim + "' is a bot; a person must say yes");
  }

  static Stream<String> everyNameOfABot() {
    return Stream.of("renovate", "renovate[bot]");
  }

  @Test
  void asksNoBot() {
    Pipeline pipeline = aPipeline().withABotAmongTheReleasers().approvedByReleasers(1).build();

    assertThat(Need.of(pipeline, List.of()))
        .singleElement()
        .satisfies(need -> assertThat(need.from()).containsExactly("ana", "ben"));
  }

  private static Contributor part(Part part, String login, String email) {
    return new Contributor(part, COMMIT, login, "Somebody", email);
  }
}
