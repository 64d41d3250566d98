package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.SlackSettings;
import dev.signalbox.sandbox.slack.FakeSlack;
import dev.signalbox.workflows.approval.Decision;
import dev.signalbox.workflows.promotion.PromotionResult.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release approved by a button of its card; no door counts without proof. */
final class SlackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private House house;
  private OpenGateway gateway;

  @BeforeEach
  void open(@TempDir Path directory) {
    house =
        House.at(directory)
            .variable("SIGNALBOX_GATEWAY_KEY", "the-key-of-the-gateway")
            .configured(SlackTest::configuration)
            .open();
    gateway = new OpenGateway(house, Map.of());
    house
        .sandbox()
        .slack()
        .sendTo(
            new SlackSettings(
                gateway.url() + "/slack/commands", gateway.url() + "/slack/interactions"));
  }

  private static String configuration(String toml) {
    return PolicyText.with(toml, House.PRODUCTION, "trust", "[]")
        + "\n[notify]\nslack = { token = \"env:SLACK_BOT_TOKEN\", channel = \""
        + FakeSlack.CHANNEL
        + "\" }\n[gateway]\ngithub = false\n";
  }

  @AfterEach
  void close() {
    gateway.close();
    house.close();
  }

  @Test
  void aButtonIsProvedCountedOnceAndTheCardIsChangedToTheVerdict() {
    house.releaseOnStaging();
    String id = house.promote();
    house.awaitApproval(id);
    Eventually.that("the card stands there", () -> channel().contains("still wanted"));

    person("press", "{\"action\":\"approve\",\"user\":\"mallory\"}");
    String pressed = person("press", "{\"action\":\"approve\"}").path("id").asText();
    person("replay", "{\"id\":\"" + pressed + "\"}");

    assertThat(house.end(id).result()).isEqualTo(Result.LIVE);
    assertThat(house.status(id).orElseThrow().decisions())
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.verified()).isTrue();
              assertThat(decision.counted()).isTrue();
            })
        .extracting(Decision::person, Decision::door)
        .containsExactly("ana", "slack");
    Eventually.that("the verdict stands there", () -> channel().contains("approved by ana"));
    assertThat(channel()).doesNotContain("still wanted", "\"action_id\":\"approve\"");
    Eventually.that("the end is told", () -> channel().contains("Live in production"));
  }

  private String channel() {
    return house.sandbox().slack().view().at("/channels/0/messages").toString();
  }

  private JsonNode person(String does, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(house.sandbox().url() + "/_sandbox/slack/" + does))
            .POST(BodyPublishers.ofString(json))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JSON.readTree(answer.body());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
