package dev.signalbox.workers.policy;

import static dev.signalbox.workers.policy.PipelineText.LEAST;
import static dev.signalbox.workers.policy.PipelineText.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in what is asked of services to prove that they are well. */
class ProofMistakesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "expect = { database = 1 }|expect.database: found the key \"database\"; allowed: a JSON"
            + " pointer",
        "expect = { \"/a~2\" = 1 }|expect.\"/a~2\": found the key \"/a~2\"; allowed: a JSON"
            + " pointer",
        "expect = { \"/a\" = 2026-01-01 }|expect.\"/a\": found 2026-01-01; allowed: a text, a"
            + " number",
        "expect = { \"/a\" = inf }|expect.\"/a\": found Infinity; allowed: a text, a number, true",
        "expect = { \"/a\" = {} }|expect.\"/a\": found an empty table; allowed: a value, or one of",
        "expect = { \"/a\" = { at_leest = 1 } }|expect.\"/a\".at_leest: there is no such"
            + " comparison; did you mean \"at_least\"?",
        "expect = { \"/a\" = { at_least = \"1\" } }|expect.\"/a\".at_least: found \"1\"; allowed: a"
            + " number",
        "expect = { \"/a\" = { matches = \"(\" } }|expect.\"/a\".matches: found \"(\"; allowed: a"
            + " regular",
        "expect = { \"/a\" = { one_of = [] } }|expect.\"/a\".one_of: found a list; allowed: a list"
            + " of",
        "expect = { \"/a\" = { present = 1 } }|expect.\"/a\".present: found 1; allowed: true or"
            + " false",
        "version_from = { file = \"V\", pattern = \"(.)\" }|version_from: found a version that"
            + " nobody is",
        "version = \"/v\";;version_from = { file = \"/V\", pattern = \"(.)\" }|version_from.file:"
            + " found \"/V\"; allowed: a path in the repository",
        "version = \"/v\";;version_from = { file = \"a/../V\", pattern = \"(.)\""
            + " }|version_from.file: found",
        "version = \"/v\";;version_from = { file = \"V\", pattern = \"(\" }|version_from.pattern:"
            + " found \"(\"; allowed: a regular expression with one group",
        "version = \"/v\";;version_from = { file = \"V\", pattern = \"v\" }|version_from.pattern:"
            + " found \"v\"",
        "version = \"/v\";;version_from = { file = \"V\" }|version_from.pattern: is missing;"
            + " allowed: a",
        "retries = 11|retries: found 11; allowed: a whole number from 0 to 10",
        "interval = \"0s\"|interval: found \"0s\"; allowed: a duration",
        "version = \"v\"|version: found \"v\"; allowed: a JSON pointer such as \"/version\"",
        "url = \"https://u:p@example.com\"|url: found \"https://u:p@example.com\"; allowed: an"
            + " address",
      })
  void refusesProofThatCannotBe(String line, String problem) {
    String file =
        LEAST.replace(
            "[services.web]", "[services.web]\nhealth = \"/\"\n" + line.replace(";;", "\n"));

    assertThat(PipelineFile.parse("signalbox.toml", file).problems())
        .singleElement()
        .asString()
        .matches("(?s)signalbox.toml:[78]:.*")
        .contains(": services.web." + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pages = [\"/\"]|pages: found \"/\"; allowed: tables such as",
        "pages = [{}]|pages.path: is missing; allowed: a path from the root",
        "pages = [{ path = \"//evil.example.com\" }]|pages.path: found \"//evil.example.com\";"
            + " allowed: a",
        "pages = [{ path = \"/\", status = 99 }]|pages.status: found 99; allowed: a whole number"
            + " from 200",
        "pages = [{ path = \"/\", asets = true }]|pages.asets: there is no such key; did you mean"
            + " \"assets\"?",
        "pages = [{ path = \"/\", status = 301, assets = true }]|pages.assets: found assets of a"
            + " redirect",
        "pages = [{ path = \"/\", service = \"wbe\" }]|pages: found \"wbe\", which is no service;"
            + " allowed: web",
        "smoke = []|smoke: found no command; allowed: a program and its arguments",
        "smoke = [\"x\", \"{ulr}\"]|smoke: found \"{ulr}\"; allowed: a text; of placeholders {url}",
        "smoke = [\"x\", \"{url.wbe}\"]|smoke: found \"wbe\", which is no service; allowed: web",
        "smoke_timeout = \"5s\"|smoke_timeout: found a time-out of nothing; allowed: \"smoke\""
            + " beside it",
      })
  void refusesPagesAndSmokeTestsThatCannotBe(String line, String problem) {
    String file = LEAST + "[environments.production.verify]\n" + line + "\n";

    assertThat(PipelineFile.parse("signalbox.toml", file).problems())
        .singleElement()
        .asString()
        .startsWith("signalbox.toml:9:")
        .contains(": environments.production.verify." + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"//evil.example.com/", "health", "/a b", "/#top"})
  void refusesAHealthPathThatIsNone(String path) {
    String file = LEAST.replace("[services.web]", "[services.web]\nhealth = \"" + path + "\"");

    assertThat(problems(file))
        .contains("services.web.health: found")
        .contains("a path from the root");
  }

  @Test
  void refusesWhatAJobCannotAnswer() {
    String file =
        LEAST.replace("[services.web]", "[services.web]\nkind = \"job\"\nhealth = \"/up\"")
            + """

            [environments.production.services.web]
            health = "/there"
            [environments.production.verify]
            pages = [{ path = "/", service = "web" }]
            """;

    assertThat(problems(file).lines())
        .satisfiesExactlyInAnyOrder(
            own -> assertThat(own).contains("services.web.health: found a health path of a job"),
            override ->
                assertThat(override)
                    .contains("environments.production.services.web.health: found a health path"),
            page ->
                assertThat(page)
                    .contains(
                        "environments.production.verify.pages: found \"web\", which is a job"));
    assertThat(problems(LEAST.replace("[services.web]", "[services.web]\nkind = \"cron\"")))
        .contains("services.web.kind: found \"cron\"; allowed: ");
  }

  @Test
  void refusesConditionsOnNoAnswer() {
    String file = LEAST.replace("[services.web]", "[services.web]\nexpect = { \"/a\" = 1 }");

    assertThat(problems(file)).contains("conditions on an answer without a health path");
  }
}
