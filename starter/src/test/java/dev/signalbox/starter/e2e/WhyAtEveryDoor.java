package dev.signalbox.starter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.sandbox.SlackSettings;
import dev.signalbox.starter.cli.Terminal;
import dev.signalbox.workflows.WireFormat;
import dev.signalbox.workflows.promotion.PromotionStatus.Unmet;
import dev.signalbox.workflows.promotion.WhyText;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code why} says of a run that waits, asked at each door; how to answer left out. */
final class WhyAtEveryDoor {
  static final String CONFIGURATION =
      """
      [notify]
      slack = { token = "env:SLACK_BOT_TOKEN", channel = "C024BE91L" }
      [gateway.api.viewer]
      token = "env:VIEWER_TOKEN"
      rights = ["view"]
      """;

  static final String TOKEN = "the-token-of-the-viewer";

  private static final ObjectMapper JSON = WireFormat.mapper();

  private final House house;
  private final String gateway;
  private final String id;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param gateway its address
   * @param id of the run
   */
  WhyAtEveryDoor(House house, String gateway, String id) {
    this.house = house;
    this.gateway = gateway;
    this.id = id;
  }

  List<String> terminal() {
    Terminal terminal = house.terminal();
    assertThat(terminal.run("why", "production")).isZero();
    return lines(terminal.out().lines());
  }

  List<String> slack() {
    house
        .sandbox()
        .slack()
        .sendTo(new SlackSettings(gateway + "/slack/commands", gateway + "/slack/interactions"));
    send(
        HttpRequest.newBuilder(URI.create(house.sandbox().url() + "/_sandbox/slack/commands"))
            .POST(BodyPublishers.ofString("{\"text\":\"why production\"}")));
    Eventually.that("Slack is answered", () -> slackTexts().anyMatch(this::about));
    String text = slackTexts().filter(this::about).findFirst().orElseThrow();
    return lines(text.replace("```", "").lines());
  }

  private boolean about(String text) {
    return text.startsWith("```\n" + id);
  }

  private Stream<String> slackTexts() {
    return house
        .sandbox()
        .slack()
        .view()
        .at("/channels/0/messages")
        .findValuesAsText("text")
        .stream();
  }

  /** As the conditions that it shows are said elsewhere. */
  List<String> api() {
    JsonNode why =
        send(
            HttpRequest.newBuilder(URI.create(gateway + "/api/v1/why?run=production"))
                .header("Authorization", "Bearer " + TOKEN));
    return StreamSupport.stream(why.at("/answer/unmet").spliterator(), false)
        .map(one -> WhyText.waiting(JSON.convertValue(one, Unmet.class)))
        .flatMap(line -> lines(Stream.of(line)).stream())
        .toList();
  }

  /**
   * @param body the comment that answers, of which code alone says why
   */
  static List<String> comment(String body) {
    return lines(body.lines().filter(line -> line.startsWith("    ")));
  }

  /** What the Temporal UI shows, as it is read there. */
  List<String> details() {
    String markdown =
        house
            .temporal()
            .newUntypedWorkflowStub(id)
            .query("__temporal_workflow_metadata", WorkflowMetadata.class)
            .getCurrentDetails();
    return lines(markdown.lines().map(line -> line.replaceFirst("^ *- ", ""))).stream()
        .map(line -> line.replaceAll("\\\\(.)", "$1"))
        .toList();
  }

  private static List<String> lines(Stream<String> text) {
    // Markdown is shown with single spaces.
    return text.map(line -> line.strip().replaceAll(" +", " "))
        .filter(line -> !line.isEmpty())
        .filter(line -> !line.startsWith("answer by one of these"))
        .filter(line -> !line.startsWith("signalbox "))
        .toList();
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
