package dev.signalbox.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.activities.OnSandbox;
import dev.signalbox.activities.SecondAttempt;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Secret;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import dev.signalbox.sandbox.slack.FakeSlack;
import dev.signalbox.workflows.notify.Card;
import dev.signalbox.workflows.notify.Card.Line;
import dev.signalbox.workflows.notify.Card.Part;
import dev.signalbox.workflows.notify.NotifyActivities;
import dev.signalbox.workflows.notify.NotifyActivities.CardOrder;
import dev.signalbox.workflows.notify.NotifyActivities.Event;
import dev.signalbox.workflows.notify.NotifyActivities.Notice;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackMessagesTest extends OnSandbox {
  private static final String POST = "POST /chat.postMessage";
  private static final String UPDATE = "POST /chat.update";
  private static final String READ = "GET /conversations.history";

  private NotifyActivities people;

  @BeforeEach
  void register() {
    people = stub(NotifyActivities.class, places());
  }

  private SlackMessages messages(String token, String channel) {
    return new SlackMessages(
        new SlackClient(
            URI.create(sandbox.slackUrl()),
            "SLACK_BOT_TOKEN",
            new Secret(token),
            Clock.systemUTC()),
        channel);
  }

  private NotifyActivitiesImpl places() {
    return new NotifyActivitiesImpl(
        Notifiers.of(github()).and(messages(sandbox.slackToken(), FakeSlack.CHANNEL)), SERVED);
  }

  private static CardOrder order(String marker, String place, String state, Part... parts) {
    return new CardOrder(
        PROJECT,
        marker,
        place,
        new Card(
            "promotion/inspector/production/" + "a".repeat(40),
            "approval-1",
            "d".repeat(64),
            "Approval wanted: aaaaaaa to production",
            "https://github.com/acme/inspector/pull/7",
            List.of(parts),
            state,
            !state.startsWith("rejected"),
            state.contains("why")));
  }

  private static Notice notice(String marker, String markdown) {
    return new Notice(PROJECT, "acme/inspector", 0, Event.FAILED, marker, List.of(), markdown);
  }

  /** Messages of this marker, as they stand in the channel. */
  private List<JsonNode> messages(String marker) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode message : sandbox.slack().view().at("/channels/0/messages")) {
      if (message.at("/metadata/event_payload/marker").asText().equals(marker)) {
        found.add(message);
      }
    }
    return found;
  }

  private JsonNode message(String marker) {
    List<JsonNode> found = messages(marker);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void changesTheCardInPlaceAndTakesItsButtonsAway() {
    String place = people.showCard(order("m1", null, "still wanted: 1"));

    String after = people.showCard(order("m1", place, "rejected by ana: too late"));

    assertThat(after).isEqualTo(place);
    JsonNode card = message("m1");
    assertThat(card.path("ts").asText()).isEqualTo(place);
    assertThat(card.toString())
        .contains("rejected by ana: too late", "\"action_id\":\"details\"")
        .doesNotContain("\"action_id\":\"approve\"", "still wanted");
    assertThat(effects(UPDATE)).isEqualTo(1);
  }

  @Test
  void bringsBackWhatWasAskedWithEveryButton() {
    people.showCard(order("m2", null, "still wanted: 1"));

    JsonNode blocks = message("m2").path("blocks");
    JsonNode buttons = blocks.get(blocks.size() - 1).path("elements");
    assertThat(buttons.findValuesAsText("action_id"))
        .containsExactly("approve", "reject", "why", "details");
    assertThat(buttons.get(0).path("value").asText())
        .isEqualTo(
            "{\"id\":\"promotion/inspector/production/"
                + "a".repeat(40)
                + "\",\"ask\":\"approval-1\",\"digest\":\""
                + "d".repeat(64)
                + "\"}");
  }

  @Test
  void hasAButtonForEveryAnswerOfAQuestionWhileItIsOpen() {
    CardOrder asked = question(true);
    String place = people.showCard(asked);

    assertThat(message("q1").findValuesAsText("action_id"))
        .containsExactly("resolve-done", "resolve-not-done", "why", "details");
    assertThat(message("q1").toString())
        .contains("Not done…", "{\\\"id\\\":\\\"deploy/a/b\\\",\\\"ask\\\":\\\"deploy-1\\\"}");

    people.showCard(new CardOrder(asked.project(), "q1", place, question(false).card()));

    assertThat(message("q1").findValuesAsText("action_id")).containsExactly("details");
  }

  private static CardOrder question(boolean open) {
    return new CardOrder(
        "inspector",
        "q1",
        null,
        new Card(
            "deploy/a/b",
            "deploy-1",
            null,
            "Question about production",
            null,
            List.of(),
            "as it stands",
            open,
            true,
            List.of("done", "not-done")));
  }

  @Test
  void asksForAReasonWhereAYesMustSayWhy() {
    people.showCard(order("m9", null, "still wanted: 1, and why"));

    assertThat(message("m9").toString()).contains("\"action_id\":\"approve-why\"");
  }

  @Test
  void tellsOfAReportWhatHasNoTable() {
    people.tell(
        notice(
            "m10",
            "### Live in production\n\nlive\n\n- revision `abc`\n\n| step | state |\n|---|---|\n"
                + "#### Proof\n\n| a | b |\n\n<details><summary>All</summary>\n\n</details>"));

    assertThat(message("m10").path("text").asText())
        .isEqualTo("*Live in production*\nlive\n\n• revision 'abc'");
  }

  @Test
  void postsTheCardOnceThoughTheAnswerWasLost() {
    sandbox.faults().add(Faults.Rule.of(POST, Fault.RESET_AFTER));

    String place = SecondAttempt.showCard(places(), order("m3", null, "still wanted: 1"));

    assertThat(effects(POST)).isEqualTo(1);
    assertThat(message("m3").path("ts").asText()).isEqualTo(place);
  }

  @Test
  void tellsANoticeOnceThoughTheAnswerWasLost() {
    sandbox.faults().add(Faults.Rule.of(POST, Fault.RESET_AFTER));

    SecondAttempt.tell(places(), notice("m4", "### Failed in production"));

    assertThat(message("m4").path("text").asText()).isEqualTo("*Failed in production*");
  }

  @Test
  void ratherPostsTwiceThanNeverWhereItMayNotReadBack() {
    sandbox.faults().add(Faults.Rule.of(POST, Fault.RESET_AFTER));
    sandbox.faults().add(Faults.Rule.of(READ, Fault.ERRORS).saying("missing_scope"));

    SecondAttempt.showCard(places(), order("m5", null, "still wanted: 1"));

    assertThat(messages("m5")).hasSize(2);
  }

  @Test
  void postsAnewWhereSomebodyDeletedTheCard() {
    String place = people.showCard(order("m6", "1700000000.000001", "still wanted: 1"));

    assertThat(message("m6").path("ts").asText()).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!channel> look",
        "<!here>",
        "<@U012AB3CD> approved",
        "<#C024BE91L>",
        "<https://evil.example|signalbox approve>",
        "&lt;!channel&gt;",
        "a\u202Eb\u001B[31m",
        "<!subteam^S1|everybody>"
      })
  void leavesWordsOfOthersWithoutAMeaning(String words) {
    String marker = "attack " + words.hashCode();
    people.showCard(
        order(
            marker,
            null,
            "rejected by " + words,
            new Part(words, List.of(new Line(words, "https://h/" + words, words)))));
    people.tell(notice(marker + " told", "### " + words + "\n\n- **" + words + "**"));

    String posted = messages(marker) + messages(marker + " told").toString();
    assertThat(posted.replace("<https://github.com/acme/inspector/pull/7|GitHub>", ""))
        .contains("\"verbatim\":true")
        .doesNotContain("<", "\u202E", "\u001B");
  }

  @Test
  void showsAsMuchAsSlackTakesOfALargeRelease() {
    Part[] parts =
        IntStream.range(0, 60)
            .mapToObj(
                n ->
                    new Part(
                        "Part " + n,
                        IntStream.range(0, 40)
                            .mapToObj(i -> Line.of("<".repeat(20), "&".repeat(480)))
                            .toList()))
            .toArray(Part[]::new);

    people.showCard(order("m7", null, "x".repeat(5_000), parts));

    assertThat(message("m7").toString()).contains("… and 39 more").contains("\"Approve\"");
  }

  @Test
  void saysWhatToDoWhenSlackRefuses() {
    CardOrder order = order("m8", null, "x");

    assertThatThrownBy(() -> messages("xoxb-another", FakeSlack.CHANNEL).show(order, false))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> assertThat(refused.kind()).isEqualTo(ApiException.Kind.REJECTED))
        .hasMessageContaining("invalid_auth")
        .hasMessageContaining("set the bot token")
        .hasMessageNotContaining("xoxb-another");
    assertThatThrownBy(() -> messages(sandbox.slackToken(), "C0RANDOM01").show(order, false))
        .hasMessageContaining("not_in_channel")
        .hasMessageContaining("/invite");
  }
}
