package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.starter.gateway.ChatGrammar.Deed;
import dev.signalbox.starter.gateway.ChatGrammar.Parsed;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatGrammarTest {
  private static final String RUN = "promotion/inspector/production/5555";

  @Test
  void takesACommandAsTheTerminalDoes() {
    assertThat(
            parse(" reject abc1234 --reason \"not on a 'Friday'\" --digest=0123456789ab").words())
        .containsExactly(
            "reject", "abc1234", "--reason=not on a 'Friday'", "--digest=0123456789ab");
    assertThat(parse("history production -n 3").words())
        .containsExactly("history", "production", "-n", "3");
  }

  @Test
  void meansTheRunAtHandWhereNoneIsNamed() {
    assertThat(parse("why").words()).containsExactly("why", RUN);
    assertThat(parse("approve").words())
        .containsExactly("approve", RUN, "--reason=said in comment 7");
    assertThat(ChatGrammar.parse("why", Optional.empty(), "").refusal())
        .isEqualTo("say which run is meant: its id, or its environment");
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
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "worker",
        "rm -rf /",
        "approve --as bob",
        "status --address 127.0.0.1:1",
        "promote production --wait",
        "promote production --emergency",
        "why @/etc/passwd",
        "why one two",
        "approve --reason",
        "reject --reason \"open",
        "list --output json",
        "plan production --",
        "why $(id)"
      })
  void refusesWhatIsNoBusinessOfADoor(String text) {
    assertThat(parse(text).words()).isNull();
    assertThat(parse(text).refusal()).isNotBlank();
  }

  @Test
  void takesNoValueForAnOption() {
    assertThat(parse("reject --reason --as=bob").words())
        .containsExactly("reject", RUN, "--reason=--as=bob");
  }

  private static Parsed parse(String text) {
    return ChatGrammar.parse(text, Optional.of(RUN), "in comment 7");
  }
}
