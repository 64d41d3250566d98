package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.gateway.ChatGrammar.Deed;
import dev.signalbox.starter.gateway.ChatGrammar.Parsed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatGrammarTest {
  private static final String RUN = "promotion/inspector/production/5555";

  @Test
  void takesACommandAsTheTerminalDoes() {
    assertThat(
            parse(" reject abc1234 --reason \"not on a 'Friday'\" --digest=0123456789ab").words())
        .containsExactly(
            "reject", "abc1234", "--reason=not on a 'Friday'", "--digest=0123456789ab");
    assertThat(parse("history production -n 3 --full").words())
        .containsExactly("history", "production", "-n", "3", "--full");
  }

  @Test
  void meansTheRunAtHandWhereNoneIsNamed() {
    assertThat(parse("why").words()).containsExactly("why", RUN);
    assertThat(parse("approve").words()).containsExactly("approve", RUN, "--reason=-");
    assertThat(ChatGrammar.parse("why", Optional::empty).refusal())
        .isEqualTo("say which run is meant: its id, or its environment");
  }

  @Test
  void readsWhatItTypesAsItWas() {
    List<String> words =
        List.of("reject", RUN, "--reason=it's \"late\", isn't it? \"", "--digest=0123456789ab");

    assertThat(parse(ChatGrammar.typed(words)).words()).isEqualTo(words);
  }

  @Test
  void takesBackAYes() {
    assertThat(parse("approve --withdraw --reason oops").words())
        .containsExactly("approve", RUN, "--withdraw", "--reason=oops");
  }

  @Test
  void helpsWhoSaysNothing() {
    assertThat(parse("").help()).isTrue();
    assertThat(parse(" help ").help()).isTrue();
  }

  @Test
  void knowsWhatACommandDoes() {
    assertThat(parse("approve").deed()).isEqualTo(Deed.DECIDE);
    assertThat(parse("promote production").deed()).isEqualTo(Deed.REQUEST);
    assertThat(parse("status").deed()).isEqualTo(Deed.VIEW);
    assertThat(parse("incident").words()).containsExactly("incident", "list");
    assertThat(parse("incident show production").deed()).isEqualTo(Deed.VIEW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "worker",
        "rm -rf /",
        "approve --as bob",
        "status --address 127.0.0.1:1",
        "promote production --wait",
        "promote production --emergency=no",
        "freeze production --as bob",
        "freeze production --until",
        "audit production",
        "audit verify verify",
        "audit --csv",
        "list production",
        "migrate run production",
        "backup restore production",
        "why @/etc/passwd",
        "why one two",
        "approve --reason",
        "reject --reason \"open",
        "list --output json",
        "plan production --",
        "why $(id)",
        "incident explode production",
        "incident ack production --as bob",
        "incident list production",
        "preview",
        "preview explode pr-7",
        "preview create production",
        "preview create pr-7 --wait",
        "preview create pr-7 pr-8"
      })
  void refusesWhatIsNoBusinessOfADoor(String text) {
    assertThat(parse(text).words()).isNull();
    assertThat(parse(text).refusal()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          freeze production --until 90m --reason "we look" | freeze production --until=90m --reason=we look
          unfreeze production --reason ok                   | unfreeze production --reason=ok
          lock production --until merged --reason cache     | lock production --until=merged --reason=cache
          unlock production --reason done                   | unlock production --reason=done
          hold production --reason wait                     | hold production --reason=wait
          unhold production --reason on                     | unhold production --reason=on
          quarantine production --commit 1a2b3c4 --reason x | quarantine production --commit=1a2b3c4 --reason=x
          unquarantine production --commit 1a2b3c4 --reason x | unquarantine production --commit=1a2b3c4 --reason=x
          override production --reason down                 | override production --reason=down
          rollback production --yes                         | rollback production --yes
          redeploy production --restart                     | redeploy production --restart
          cancel production                                 | cancel production
          sync staging                                      | sync staging
          incident ack production --reason mine             | incident ack production --reason=mine
          incident mute production --until 4h --reason x    | incident mute production --until=4h --reason=x
          incident close production --reason over           | incident close production --reason=over
          promote production --emergency --reason down      | promote production --emergency --reason=down
          """)
  void takesOrdersOfWhichAPersonMustStandBehindEach(String text, String words) {
    assertThat(String.join(" ", parse(text).words())).isEqualTo(words);
    assertThat(parse(text).deed()).isEqualTo(Deed.ORDER);
    assertThat(parse(text).personal()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          preview                        | preview create pr-7            | REQUEST
          preview --reason x             | preview create pr-7 --reason=x | REQUEST
          preview pr-8                   | preview create pr-8            | REQUEST
          preview create pr-8            | preview create pr-8            | REQUEST
          preview destroy --reason x     | preview destroy pr-7 --reason=x | ORDER
          preview why                    | preview why pr-7               | VIEW
          preview list                   | preview list                   | VIEW
          """)
  void meansThePreviewOfThePullRequestOnWhichItIsSaid(String text, String words, Deed deed) {
    Parsed parsed = ChatGrammar.parse(text, Optional::empty, Optional.of("pr-7"));

    assertThat(parsed.words()).containsExactly(words.split(" "));
    assertThat(parsed.deed()).isEqualTo(deed);
  }

  @Test
  void wantsToKnowWhichPreviewIsMeantWhereItIsSaidOnNoPullRequest() {
    assertThat(parse("preview destroy").refusal())
        .isEqualTo("say which pull request is meant: pr-N");
  }

  @Test
  void ticksThePointOfTheRunAtHand() {
    assertThat(parse("tick --point 2").words())
        .containsExactly("tick", RUN, "--point=2", "--reason=-");
    assertThat(parse("tick").deed()).isEqualTo(Deed.DECIDE);
  }

  @Test
  void looksIntoTheAudit() {
    assertThat(parse("audit --env production --since 30d").words())
        .containsExactly("audit", "--env=production", "--since=30d");
    assertThat(parse("audit verify").words()).containsExactly("audit", "verify");
    assertThat(parse("audit").personal()).isFalse();
  }

  @Test
  void cancelsNothingThatIsNotNamed() {
    assertThat(parse("cancel").words()).containsExactly("cancel");
  }

  @Test
  void cancelsForAReason() {
    assertThat(parse("cancel production --reason \"wrong commit\"").words())
        .containsExactly("cancel", "production", "--reason=wrong commit");
  }

  @Test
  void takesNoValueForAnOption() {
    assertThat(parse("reject --reason --as=bob").words())
        .containsExactly("reject", RUN, "--reason=--as=bob");
  }

  private static Parsed parse(String text) {
    return ChatGrammar.parse(text, () -> Optional.of(RUN));
  }
}
