package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackDoorTest {
  private static final String ID = "promotion/inspector/production/" + "a".repeat(40);
  private static final String DIGEST = "d".repeat(64);
  private static final String ABOUT =
      "{\"id\":\"" + ID + "\",\"ask\":\"approval-1\",\"digest\":\"" + DIGEST + "\"}";

  private SlackHouse house = new SlackHouse(Duration.ofMinutes(1));

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void runsACommandAsThePersonWhoseSlackAccountItIs() {
    JsonNode sent = house.person("commands", "{'text':'status production'}");

    assertThat(sent.path("status").asInt()).isEqualTo(200);
    assertThat(house.commands()).containsExactly(List.of("status", "production"));
    assertThat(house.kept.get(0).person()).isEqualTo("ana");
    assertThat(house.kept.get(0).door()).isEqualTo("slack");
    assertThat(house.kept.get(0).said())
        .as("as Slack stamped it")
        .isEqualTo(house.kept.get(0).said().truncatedTo(ChronoUnit.SECONDS))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(house.texts()).containsExactly("```\ndone\n```");
  }

  @ParameterizedTest
  @CsvSource({"-299,200", "-301,401", "299,200", "301,401"})
  void hearsWhatWasSignedWithinFiveMinutesOfNow(long offset, int status) {
    JsonNode sent = house.person("commands", "{'text':'list','offset':" + offset + "}");

    assertThat(sent.path("status").asInt()).isEqualTo(status);
    assertThat(house.commands()).hasSize(status == 200 ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "commands|{'text':'list','secret':'another'}|401",
        "commands|{'text':'list','signature':'v0='}|401",
        "commands|{'text':'list','team':'T0ANOTHER'}|403",
        "press|{'action':'approve','team':'T0ANOTHER'}|403"
      })
  void turnsAwayWhatIsNotFromOurWorkspace(String does, String wish, int status) {
    house.card(ABOUT);

    assertThat(house.person(does, wish).path("status").asInt()).isEqualTo(status);
    assertThat(house.commands()).isEmpty();
  }

  @Test
  void turnsAwayAnotherBodyOrContentType() {
    String body = "command=%2Fsignalbox&user_id=U012AB3CD&team_id=T061EG9R6&text=list";
    Function<String, Map<String, String>> typed =
        type -> {
          Map<String, String> headers = new HashMap<>(SlackHouse.signed(body));
          headers.put("Content-Type", type);
          return headers;
        };
    String form = "application/x-www-form-urlencoded";

    assertThat(house.send(SlackDoor.COMMANDS, typed.apply("application/json"), body))
        .isEqualTo(415);
    assertThat(house.send(SlackDoor.COMMANDS, typed.apply(form), body.replace("%2F", "%2f")))
        .isEqualTo(401);
    assertThat(house.send(SlackDoor.COMMANDS, Map.of("Content-Type", form), body)).isEqualTo(401);
    assertThat(house.send(SlackDoor.INTERACTIONS, typed.apply(form), body)).isEqualTo(400);
    assertThat(house.commands()).isEmpty();
    assertThat(house.send(SlackDoor.COMMANDS, typed.apply(form), body)).isEqualTo(200);
  }

  @Test
  void doesNothingForSomebodyWhoIsNotOnTheMap() {
    house.card(ABOUT);

    house.person("commands", "{'text':'approve " + ID + "','user':'mallory'}");
    house.person("press", "{'action':'approve','user':'ben'}");

    house.eventually(() -> house.texts().size() == 3);
    assertThat(house.commands()).isEmpty();
    assertThat(house.texts().get(1)).contains("nobody in [people]", "U0MALLORY");
    assertThat(house.texts().get(2)).contains("U023BECGF");
  }

  @Test
  void carriesOutAReplayedButtonOnce() {
    house.card(ABOUT);
    String first = house.person("press", "{'action':'approve'}").path("id").asText();

    JsonNode again = house.person("replay", "{'id':'" + first + "'}");

    assertThat(again.path("status").asInt()).isEqualTo(200);
    assertThat(house.commands()).hasSize(1);
  }

  @Test
  void approvesWhatStoodBesideTheButton() {
    house.card(ABOUT);

    house.person("press", "{'action':'approve'}");

    assertThat(house.commands())
        .containsExactly(
            List.of("approve", ID, "--digest=" + DIGEST, "--ask=approval-1", "--reason=-"));
    house.eventually(() -> house.texts().contains("```\ndone\n```"));
  }

  @Test
  void asksWhyBeforeItRejects() {
    house.card(ABOUT);

    house.person("press", "{'action':'reject'}");
    JsonNode blank = house.person("submit", "{'values':{'reason':'  '}}");
    JsonNode said = house.person("submit", "{'values':{'reason':'too\\n late'}}");

    assertThat(blank.path("answer").asText()).contains("\"response_action\":\"errors\"");
    assertThat(said.path("answer").asText()).isEmpty();
    assertThat(house.dialogs()).isZero();
    assertThat(house.commands())
        .containsExactly(
            List.of("reject", ID, "--digest=" + DIGEST, "--ask=approval-1", "--reason=too late"));
  }

  @Test
  void asksWhyBeforeItAnswersAQuestion() {
    house.card("{\"id\":\"" + ID + "\",\"ask\":\"deploy-backend-1\"}");

    house.person("press", "{'action':'approve'}");
    house.person("press", "{'action':'resolve-not-done'}");
    house.person("submit", "{'values':{'reason':'it is not there'}}");

    assertThat(house.commands())
        .containsExactly(
            List.of(
                "resolve",
                ID,
                "--as=not-done",
                "--question=deploy-backend-1",
                "--reason=it is not there"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"migration", "restore", "deploy"})
  void hearsTheButtonsOfRunsByHandToo(String run) {
    house.card(ABOUT.replace(ID, run + "/inspector/production"));

    house.person("press", "{'action':'approve'}");
    house.person("press", "{'action':'details'}");

    assertThat(house.commands())
        .extracting(words -> words.get(0) + " " + words.get(1))
        .containsExactly(
            "approve " + run + "/inspector/production", "why " + run + "/inspector/production");
  }

  @Test
  void asksWhyBeforeAYesThatMustSayIt() {
    house.card(ABOUT);

    house.person("press", "{'action':'approve-why'}");
    house.person("submit", "{'values':{'reason':'checked the plan'}}");

    assertThat(house.commands())
        .containsExactly(
            List.of(
                "approve",
                ID,
                "--digest=" + DIGEST,
                "--ask=approval-1",
                "--reason=checked the plan"));
  }

  @Test
  void showsWhyAndWhatItWouldDo() {
    house.card(ABOUT);

    house.person("press", "{'action':'why'}");
    house.person("press", "{'action':'details'}");

    assertThat(house.commands())
        .containsExactly(
            List.of("why", ID), List.of("plan", "production", "--commit=" + "a".repeat(40)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "{}",
        "{\"id\":\"--as=ben\",\"ask\":\"approval-1\",\"digest\":\"dddddddddddd\"}",
        "{\"id\":\"promotion/a/b/c\",\"ask\":\"--as=ben\",\"digest\":\"dddddddddddd\"}",
        "{\"id\":\"promotion/a/b/c\",\"ask\":\"approval-1\",\"digest\":\"\"}"
      })
  void leavesButtonsOfOthersAlone(String value) {
    house.card(value);

    assertThat(house.person("press", "{'action':'approve'}").path("status").asInt()).isEqualTo(200);
    assertThat(house.commands()).isEmpty();
  }

  @Test
  void answersInTimeAndGoesOnAtTheResponseAddress() {
    house.close();
    house = new SlackHouse(Duration.ofMillis(50));
    CountDownLatch slow = new CountDownLatch(1);
    house.commandsAnswer(
        words -> {
          await(slow);
          return "the plan";
        });

    house.person("commands", "{'text':'plan production'}");
    assertThat(house.texts()).containsExactly("```\ntaken; the answer comes here\n```");
    slow.countDown();

    house.eventually(() -> house.texts().contains("```\nthe plan\n```"));
  }

  @Test
  void givesWordsOfOthersNoMeaning() {
    house.commandsAnswer(words -> "<!channel> ``` <https://evil.example|yes> &");

    house.person("commands", "{'text':'list'}");

    assertThat(house.texts())
        .containsExactly("```\n&lt;!channel&gt; ''' &lt;https://evil.example|yes&gt; &amp;\n```");
  }

  @Test
  void refusesWhatTheGrammarDoesNotKnow() {
    house.person("commands", "{'text':'approve production --as ben'}");
    house.person("commands", "{'text':'sandbox --port 1'}");

    assertThat(house.commands()).isEmpty();
    assertThat(house.texts()).allMatch(text -> text.contains("/signalbox …"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
