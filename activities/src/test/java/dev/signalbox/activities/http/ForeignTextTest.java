package dev.signalbox.activities.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
  private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
  private static final String DIGEST =
      "1a2b3c4d5e6f70811a2b3c4d5e6f70811a2b3c4d5e6f70811a2b3c4d5e6f7081";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PASSWORD=canary",
        "export DATABASE_URL=\"canary with spaces\"",
        "connect to postgres://app:canary@db.internal:5432/app",
        "GET https://example.com/hook?key=canary&x=1 failed",
        "Authorization: Bearer canary-1",
        "{\"apiKey\": \"canary\", \"status\": \"down\"}",
        "secret_token: canary",
        "npm ERR! ghp_canary0123456789",
        "charset=utf-8-canary",
        "charset=canary",
        "Content-Type: text/html; charset=\"utf-8\"; boundary=canary",
        "deploys with c4n4ry-0f8e7d6c-canary-5b4a39281",
        "-----BEGIN RSA PRIVATE KEY----- canary -----END RSA PRIVATE KEY-----"
      })
  void masksWhatLooksLikeASecretOrAVariablesValue(String text) {
    assertThat(ForeignText.ofLog(text)).contains("***").doesNotContain("canary", "c4n4ry");
    assertThat(ForeignText.ofAnswer(text)).contains("***").doesNotContain("canary", "c4n4ry");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Build failed: exit code 1",
        "npm ERR! missing script: build",
        "ModuleNotFoundError: No module named 'fastapi'",
        "src/components/dashboard/UserTable.tsx(12,7): error TS2322",
        "Healthcheck failed with status 503"
      })
  void leavesWhatHelpsAsItIs(String text) {
    assertThat(ForeignText.ofLog(text)).isEqualTo(text);
  }

  @Test
  void isOneLineOfPrintableText() {
    String colours = "\u001B[31mred\u001B[0m\r\n\tand\u0000\u0007 \u202Eback\u001B]0;title\u0007";

    assertThat(ForeignText.ofLog(colours)).isEqualTo("red and back");
  }

  @Test
  void keepsACommitInAnAnswerAndNotInALog() {
    assertThat(ForeignText.ofAnswer("version " + COMMIT)).isEqualTo("version " + COMMIT);
    assertThat(ForeignText.ofLog("version " + COMMIT)).isEqualTo("version ***");
  }

  @Test
  void showsInALogTheOneCommitThatItIsAboutAndNoOther() {
    String other = "f" + COMMIT.substring(1);

    assertThat(ForeignText.ofLog("Building backend at " + COMMIT + ", not " + other, COMMIT))
        .isEqualTo("Building backend at " + COMMIT + ", not ***");
    assertThat(ForeignText.ofLog("KEY=" + COMMIT, COMMIT)).isEqualTo("KEY=***");
    assertThat(ForeignText.ofLog("it is Tr0ub4dor3Tr0ub4dor3", "Tr0ub4dor3Tr0ub4dor3"))
        .as("no commit")
        .isEqualTo("it is ***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"deployment\":\"7e57ab1e-1234-4bcd-9876-0123456789ab\",\"status\":\"ok\"}",
        "{\"replica_id\": \"7e57ab1e-1234-4bcd-9876-0123456789ab\"}",
        "{\"last_successful_backup_2\":\"yes\",\"queueLengthOfWorker12\":3}"
      })
  void keepsIdsAndNamesOfFieldsInAnAnswer(String text) {
    assertThat(ForeignText.ofAnswer(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refused 7e57ab1e-1234-4bcd-9876-0123456789ab",
        "{\"token\":\"7e57ab1e-1234-4bcd-9876-0123456789ab\"}",
        "{\"RAILWAY_API_TOKEN\": \"7e57ab1e-1234-4bcd-9876-0123456789ab\"}",
        "Authorization: Bearer 7e57ab1e-1234-4bcd-9876-0123456789ab",
        "{\"7e57ab1e12344bcd98760123456789ab\":1}"
      })
  void masksAnIdThatMayBeAToken(String text) {
    assertThat(ForeignText.ofAnswer(text)).contains("***").doesNotContain("7e57ab1e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/html; charset=utf-8",
        "served as text/plain;charset=\"UTF-8\", 12 bytes",
        "HEAD is now at " + COMMIT,
        "building commit " + COMMIT + " of main",
        "pulled python:3.12@sha256:" + DIGEST,
        "image 1a2b3c4d5e6f is up to date"
      })
  void keepsWhatIsSaidToBeACommitADigestOrACharacterSet(String text) {
    assertThat(ForeignText.ofLog(text)).isEqualTo(text);
    assertThat(ForeignText.ofAnswer(text)).isEqualTo(text);
  }

  @Test
  void masksWhatOnlyLooksLikeACommitOrADigest() {
    assertThat(ForeignText.ofLog("signed in with " + COMMIT)).isEqualTo("signed in with ***");
    assertThat(ForeignText.ofAnswer("the key is " + DIGEST)).isEqualTo("the key is ***");
    assertThat(ForeignText.ofLog("COMMIT_TOKEN=" + COMMIT)).isEqualTo("COMMIT_TOKEN=***");
  }

  @Test
  @Timeout(120)
  void isNotHeldUpByALongWordThatIsAlmostTheNameOfAField() {
    String almost = "a".repeat(200) + "12345";

    assertThat(ForeignText.ofAnswer("{\"" + almost + "\":1}")).isEqualTo("{\"***\":1}");
  }

  @Test
  @Timeout(120)
  void readsNoMoreThanTheBeginOfALongText() {
    String endless = "x".repeat(300_000);

    assertThat(ForeignText.ofAnswer("{\"error\":\"" + endless)).isEqualTo("{\"error\":\" …");
  }

  @Test
  void keepsNoHalfOfATokenWhereItCutsALongText() {
    String token = "ghp_" + "c4n4ry".repeat(8);
    String text = "word ".repeat(1597) + token + " and more";

    assertThat(ForeignText.ofAnswer(text)).endsWith("word …").doesNotContain("ghp");
  }
}
