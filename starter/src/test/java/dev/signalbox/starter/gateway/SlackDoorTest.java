package dev.signalbox.starter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.approval.DecisionProof;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.Journal;
import dev.signalbox.sandbox.slack.FakeSlack;
import dev.signalbox.workflows.spoken.SpokenWords;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
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

  private SlackHouse house = new SlackHouse(Duration.ofSeconds(2));

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
  void hasTheEngineKeepWhatWasSaidSealedAndWhereItIsAnsweredUnreadable() {
    house.person("commands", "{'text':'approve production'}");
    house.card(ABOUT);
    house.person("press", "{'action':'approve'}");
    house.person("press", "{'action':'reject'}");
    house.person("submit", "{'values':{'reason':'too late'}}");

    assertThat(house.kept)
        .hasSize(3)
        .allSatisfy(
            words -> {
              assertThat(words.place()).isEqualTo(FakeSlack.CHANNEL + "/" + FakeSlack.ANA);
              assertThat(DecisionProof.holds(words.words(), words.seal(), SlackHouse.KEY)).isTrue();
              assertThat(words.toString()).doesNotContain("http", "/response/");
              assertThat(SealedAddress.open(words.address(), words.message(), SlackHouse.KEY))
                  .hasValueSatisfying(at -> assertThat(at).contains("/slack/response/"));
            })
        .extracting(SpokenWords::message)
        .doesNotHaveDuplicates();
  }

  @Test
  void saysWhatTheEngineDidNotTakeWhereItWasSaid() {
    house.card(ABOUT);
    house.person("press", "{'action':'reject'}");
    house.engineIsGone();

    house.person("commands", "{'text':'approve production'}");
    JsonNode pressed = house.person("press", "{'action':'approve'}");
    JsonNode submitted = house.person("submit", "{'values':{'reason':'too late'}}");

    house.eventually(() -> house.texts().size() == 3);
    assertThat(house.texts().get(1)).contains("not taken", "say it again");
    assertThat(pressed.path("status").asInt()).isEqualTo(503);
    assertThat(house.texts().get(2)).contains("not taken", "press it again");
    assertThat(submitted.path("answer").asText()).contains("response_action", "press it again");
    assertThat(house.dialogs()).as("stays open").isOne();
  }

  @Test
  void answersThatPersonAlsoFromAnotherGatewayAndWhenTheAddressIsGone() {
    house.person("commands", "{'text':'approve production'}");
    SpokenWords words = house.kept.get(0);
    SpokenWords old = saidAt(words, words.said().minusSeconds(3_600));

    house.anotherPlace.answer(words, "counted: approve by ana");
    house.anotherPlace.answer(old, "counted, an hour later");

    assertThat(house.texts())
        .containsExactly(
            "```\ndone\n```",
            "```\ncounted: approve by ana\n```",
            "```\ncounted, an hour later\n```");
    assertThat(house.journal.entries())
        .extracting(Journal.Entry::operation)
        .endsWith("POST /response/{id}", "POST /chat.postEphemeral");
  }

  private static SpokenWords saidAt(SpokenWords words, Instant said) {
    return new SpokenWords(
        words.project(),
        words.door(),
        words.message(),
        words.person(),
        words.text(),
        words.place(),
        said,
        words.address(),
        null);
  }

  @Test
  void opensNoAddressThatCameWithAnotherMessageOrByAnotherKey() {
    String sealed = SealedAddress.seal("https://hooks.slack.com/1", "m", SlackHouse.KEY);

    assertThat(SealedAddress.open(sealed, "m", SlackHouse.KEY))
        .contains("https://hooks.slack.com/1");
    assertThat(SealedAddress.open(sealed, "n", SlackHouse.KEY)).isEmpty();
    assertThat(SealedAddress.open(sealed, "m", new Secret("another"))).isEmpty();
    assertThat(SealedAddress.open("AAAA", "m", SlackHouse.KEY)).isEmpty();
  }

  @Test
  void servesGitHubWhileSlackHangs() {
    house.close();
    house = new SlackHouse(Duration.ofMinutes(1));
    house.faults.add(Faults.Rule.of("POST /auth.test", Fault.HANG));

    List<CompletableFuture<HttpResponse<String>>> typed = hundredCommands();
    house.eventually(() -> house.lookedAt.get() == typed.size());

    assertThat(house.ping()).isEqualTo(202);
    assertThat(typed).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void servesGitHubWhileCommandsAreCarriedOut() {
    house.close();
    house = new SlackHouse(Duration.ofMinutes(1));
    CountDownLatch slow = new CountDownLatch(1);
    house.commandsAnswer(
        words -> {
          await(slow);
          return "done";
        });

    List<CompletableFuture<HttpResponse<String>>> typed = hundredCommands();
    house.eventually(() -> house.kept.size() == typed.size());

    assertThat(house.ping()).isEqualTo(202);
    assertThat(typed).noneMatch(CompletableFuture::isDone);
    slow.countDown();
    assertThat(typed).allMatch(answer -> answer.join().statusCode() == 200);
  }

  private List<CompletableFuture<HttpResponse<String>>> hundredCommands() {
    return Stream.generate(() -> house.types("status")).limit(100).toList();
  }

  @Test
  void keepsFewHandsBusyWhileSlackHangs() {
    house.person("commands", "{'text':'list'}");
    SpokenWords words = house.kept.get(0);
    house.faults.add(Faults.Rule.of("POST /response/{id}", Fault.HANG).times(8));
    List<CompletableFuture<Void>> told =
        Stream.generate(() -> house.later(() -> house.place.answer(words, "the answer")))
            .limit(8)
            .toList();
    house.eventually(
        () ->
            house.journal.entries().stream()
                    .filter(entry -> entry.operation().equals("POST /response/{id}"))
                    .count()
                == 8);

    assertThatThrownBy(() -> house.place.answer(words, "the next"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Slack has not answered 8 calls yet");
    assertThat(told).noneMatch(CompletableFuture::isDone);
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
