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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said at Slack, where it is kept, and what is told when nobody keeps or hears it. */
class SlackKeptTest {
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

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
