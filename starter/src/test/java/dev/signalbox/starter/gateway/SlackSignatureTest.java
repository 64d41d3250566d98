package dev.signalbox.starter.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of Slack's page "Verifying requests from Slack". */
class SlackSignatureTest {
  private static final String BODY =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
          + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
          + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
          + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
          + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
  private static final String SIGNATURE =
      "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
  private static final long SENT = 1531420618;

  private static boolean holds(long age, String body, String timestamp, String signature) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(SENT + age), ZoneOffset.UTC);
    return new SlackSignature(new SigningSecret("8f742231b10e8888abcd99yyyzzz85a5"), clock)
        .holds(body.getBytes(UTF_8), timestamp, signature);
  }

  @ParameterizedTest
  @CsvSource({
    "0,true",
    "299,true",
    "300,true",
    "301,false",
    "-299,true",
    "-301,false",
    "-999999,false"
  })
  void holdsForFiveMinutesInEitherDirection(long age, boolean holds) {
    assertThat(holds(age, BODY, Long.toString(SENT), SIGNATURE)).isEqualTo(holds);
  }

  @Test
  void holdsForTheseBytesAndThatTimestampOnly() {
    String sent = Long.toString(SENT);

    assertThat(holds(0, BODY.replace("%2F", "%2f"), sent, SIGNATURE)).isFalse();
    assertThat(holds(0, BODY, Long.toString(SENT + 1), SIGNATURE)).isFalse();
    for (int i = 3; i < SIGNATURE.length(); i++) {
      char other = SIGNATURE.charAt(i) == '0' ? '1' : '0';
      String changed = SIGNATURE.substring(0, i) + other + SIGNATURE.substring(i + 1);
      assertThat(holds(0, BODY, sent, changed)).as(changed).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1531420618", "1531420618 ", "99999999999999999999"})
  void holdsForNoTimestampThatIsNone(String timestamp) {
    assertThat(holds(0, BODY, timestamp, SIGNATURE)).isFalse();
    assertThat(holds(0, BODY, null, SIGNATURE)).isFalse();
    assertThat(holds(0, BODY, Long.toString(SENT), null)).isFalse();
  }
}
