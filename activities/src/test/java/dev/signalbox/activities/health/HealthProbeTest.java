package dev.signalbox.activities.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.workflows.health.HealthActivities.Reading;
import dev.signalbox.workflows.health.HealthActivities.Sample;
import dev.signalbox.workflows.health.HealthActivities.WantedVersion;
import dev.signalbox.workflows.policy.Condition;
import dev.signalbox.workflows.policy.Condition.Comparison;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthProbeTest extends HealthProbeHouse {
  private void saying(int status, String body) {
    answering = exchange -> send(exchange, status, body);
  }

  private Sample expecting(Comparison comparison, String than) {
    return sample(null, Map.of("/value", List.of(new Condition(comparison, than))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"connected\" | IS | \"connected\" | GOOD",
        "\"disconnected\" | IS | \"connected\" | BAD",
        "\"true\" | IS | true | BAD",
        "true | IS | true | GOOD",
        "\"2\" | IS | 2 | BAD",
        "2.0 | IS | 2 | GOOD",
        "null | IS | \"connected\" | BAD",
        "{\"a\":1} | IS | \"connected\" | BAD",
        "[] | IS | [] | GOOD",
        "[\"late\"] | IS | [] | BAD",
        "[1,2] | IS | [1.0,2] | GOOD",
        "\"down\" | NOT | \"down\" | BAD",
        "\"up\" | NOT | \"down\" | GOOD",
        "\"degraded\" | ONE_OF | [\"up\",\"degraded\"] | GOOD",
        "\"down\" | ONE_OF | [\"up\",\"degraded\"] | BAD",
        "3 | AT_LEAST | 3 | GOOD",
        "2.9 | AT_LEAST | 3 | BAD",
        "\"9\" | AT_LEAST | 3 | BAD",
        "100 | AT_MOST | 99.5 | BAD",
        "12 | AT_MOST | 99.5 | GOOD",
        "[\"a\",\"b\"] | CONTAINS | \"b\" | GOOD",
        "[\"a\",\"b\"] | CONTAINS | \"c\" | BAD",
        "\"all is well\" | CONTAINS | \"well\" | GOOD",
        "\"14.2\" | MATCHES | \"14[.][0-9]+\" | GOOD",
        "\"v14.2\" | MATCHES | \"14[.][0-9]+\" | BAD",
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | MATCHES | \"(a+)+\" | BAD",
        "null | PRESENT | true | GOOD",
        "null | PRESENT | false | BAD",
      })
  void comparesAValueAndItsType(String value, Comparison comparison, String than, Reading reading) {
    saying(200, "{\"value\":" + value + "}");

    assertThat(expecting(comparison, than).reading()).isEqualTo(reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"other\":1} | IS | 1 | INCONCLUSIVE",
        "{\"other\":1} | NOT | 1 | INCONCLUSIVE",
        "{\"other\":1} | PRESENT | true | BAD",
        "{\"other\":1} | PRESENT | false | GOOD",
        "<html>hello</html> | IS | 1 | INCONCLUSIVE",
        "{\"value\":1 | IS | 1 | INCONCLUSIVE",
      })
  void takesWhatIsNotThereForNoAnswer(
      String body, Comparison comparison, String than, Reading reading) {
    saying(200, body);

    assertThat(expecting(comparison, than).reading()).isEqualTo(reading);
  }

  @Test
  void saysWhatWasExpectedAndWhatCame() {
    saying(200, "{\"checks\":[{\"name\":\"db\",\"state\":\"disconnected\"}]}");

    Sample sample =
        sample(
            null,
            Map.of(
                "/checks/0/state", List.of(new Condition(Comparison.IS, "\"connected\"")),
                "/missing", List.of(new Condition(Comparison.IS, "1"))));

    assertThat(sample.reading()).isEqualTo(Reading.BAD);
    assertThat(sample.expected())
        .isEqualTo("2xx from /health, /checks/0/state = \"connected\", /missing = 1");
    assertThat(sample.got()).isEqualTo("200, /checks/0/state = \"disconnected\"");
  }

  @Test
  void isWrongWhenTheVersionIsRightAndTheDatabaseIsNot() {
    saying(200, "{\"version\":\"" + REVISION + "\",\"database\":\"disconnected\"}");

    Sample sample =
        sample(
            commit(), Map.of("/database", List.of(new Condition(Comparison.IS, "\"connected\""))));

    assertThat(sample.reading()).isEqualTo(Reading.BAD);
  }

  @ParameterizedTest
  @CsvSource({"200, EARLIER", "503, EARLIER", "502, ERROR"})
  void knowsTheReleaseBeforeByItsVersionHoweverItIs(int status, Reading reading) {
    saying(status, "{\"version\":\"" + BEFORE + "\",\"database\":\"gone\"}");

    Sample sample =
        sample(
            commit(), Map.of("/database", List.of(new Condition(Comparison.IS, "\"connected\""))));

    assertThat(sample.reading()).isEqualTo(reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"1.4.2\" | GOOD",
        "\"1.4.1\" | EARLIER",
        "\"1.4\" | BAD",
        "\"1.4.20\" | BAD",
        "null | INCONCLUSIVE",
        "\" \" | INCONCLUSIVE",
      })
  void comparesAVersionOfItsOwnToTheLetter(String shown, Reading reading) {
    saying(200, "{\"version\":" + shown + "}");
    WantedVersion own = new WantedVersion("/version", REVISION, null, "1.4.2", List.of("1.4.1"));

    assertThat(sample(own, Map.of()).reading()).isEqualTo(reading);
  }

  @Test
  void saysNothingOfAVersionThatNobodyKnows() {
    saying(200, "{\"version\":\"1.4.2\"}");
    WantedVersion unknown = new WantedVersion("/version", REVISION, null, "", List.of());

    assertThat(sample(unknown, Map.of()).reading()).isEqualTo(Reading.INCONCLUSIVE);
  }

  @Test
  void readsAPackedAnswerThatBeginsWithAByteOrderMark() {
    answering =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          send(exchange, 200, packed("\uFEFF{\"version\":\"" + REVISION + "\"}"));
        };

    assertThat(sample(commit(), Map.of()).reading()).isEqualTo(Reading.GOOD);
  }

  private static byte[] packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  @Test
  void keepsSecretsOutOfWhatItSaw() {
    saying(500, "{\"error\":\"no login at postgres://app:hunter2@db/app\"}");

    assertThat(sample(null, Map.of()).got()).contains("***").doesNotContain("hunter2");
  }
}
