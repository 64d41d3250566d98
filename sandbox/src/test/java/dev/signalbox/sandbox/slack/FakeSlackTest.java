package dev.signalbox.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.sandbox.Fault;
import dev.signalbox.sandbox.Faults;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FakeSlackTest {
  private static final String POST = "POST /chat.postMessage";
  private static final String CARD =
      "{'text':'card','blocks':[{'type':'actions','elements':[{'type':'button',"
          + "'action_id':'reject','value':'v','text':{'type':'plain_text','text':'Reject'}}]}]}";
  private static final String DIALOG =
      "{'type':'modal','title':{'type':'plain_text','text':'Reject'},'blocks':[{'type':'input',"
          + "'block_id':'why','label':{'type':'plain_text','text':'Why'},"
          + "'element':{'type':'plain_text_input','action_id':'reason'}}]}";

  private SlackServer slack;

  @BeforeEach
  void start() {
    slack = new SlackServer();
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  private String post(String json) {
    return slack.call("chat.postMessage", SlackServer.message(json)).path("ts").asText();
  }

  private String heard(String field) throws InterruptedException {
    String body = slack.heard.take().body();
    for (String pair : body.split("&", -1)) {
      if (pair.startsWith(field + "=")) {
        return URLDecoder.decode(pair.substring(field.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError("no " + field + " in " + body);
  }

  private JsonNode payload() throws InterruptedException {
    return Json.read(heard("payload")).orElseThrow();
  }

  @Test
  void editsAMessageInPlaceAndKeepsItsMetadata() {
    String ts =
        post("{'text':'one','metadata':{'event_type':'signalbox','event_payload':{'marker':'m'}}}");

    slack.call("chat.update", SlackServer.message("{'ts':'" + ts + "','text':'two'}"));

    JsonNode message = slack.newest();
    assertThat(message.path("ts").asText()).isEqualTo(ts);
    assertThat(message.path("text").asText()).isEqualTo("two");
    assertThat(message.at("/metadata/event_payload/marker").asText()).isEqualTo("m");
    assertThat(message.at("/edited/user").asText()).isEqualTo(Workspace.BOT_USER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "chat.postMessage|{'channel':'C0NONE','text':'x'}|channel_not_found",
        "chat.postMessage|{'channel':'#random','text':'x'}|not_in_channel",
        "chat.postMessage|{'channel':'old-deployments','text':'x'}|is_archived",
        "chat.postMessage|{'text':''}|no_text",
        "chat.postMessage|{'text':'x','blocks':'nothing'}|invalid_blocks_format",
        "chat.postMessage|{'text':'x','blocks':[{'type':'table'}]}|invalid_blocks",
        "chat.postMessage|{'text':'x','metadata':{'event_type':'a'}}|invalid_metadata_schema",
        "chat.update|{'ts':'1.000001','text':'x'}|message_not_found",
        "chat.update|{'text':'x'}|invalid_arguments",
        "views.open|{'trigger_id':'guessed','view':{}}|invalid_trigger_id",
        "users.info|{'user':'U0NOBODY'}|user_not_found",
        "chat.shout|{}|unknown_method"
      })
  void refusesInsideA200WithSlacksOwnCode(String method, String arguments, String code) {
    JsonNode answer = slack.call(method, SlackServer.message(arguments));

    assertThat(answer.path("ok").asBoolean()).isFalse();
    assertThat(answer.path("error").asText()).isEqualTo(code);
    assertThat(slack.journal.entries().get(0).status()).isEqualTo(200);
    assertThat(slack.journal.entries().get(0).changedState()).isFalse();
  }

  @Test
  void refusesTextsThatAreTooLong() {
    String most = "x".repeat(40_000);
    String ts = post("{'text':'" + most + "'}");

    assertThat(ts).isNotEmpty();
    assertThat(slack.call("chat.postMessage", SlackServer.message().put("text", most + "x")))
        .hasToString("{\"ok\":false,\"error\":\"msg_too_long\"}");
    assertThat(
            slack
                .call("chat.update", SlackServer.message().put("ts", ts).put("text", most))
                .path("error")
                .asText())
        .isEqualTo("msg_too_long");
  }

  @Test
  void saysWhereABlockIsTooLong() {
    String block = "{'type':'section','text':{'type':'mrkdwn','text':'" + "x".repeat(3001) + "'}}";

    JsonNode answer =
        slack.call(
            "chat.postMessage", SlackServer.message("{'text':'x','blocks':[" + block + "]}"));

    assertThat(answer.at("/errors/0").asText())
        .isEqualTo("must be less than 3001 characters [json-pointer:/blocks/0/text/text]");
  }

  @ParameterizedTest
  @CsvSource({",not_authed", "xoxb-another,invalid_auth"})
  void wantsTheToken(String token, String code) {
    assertThat(slack.post("/slack/auth.test", token, "{}").path("error").asText()).isEqualTo(code);
  }

  @Test
  void losesTheAnswerAndKeepsTheMessage() {
    slack.faults.add(Faults.Rule.of(POST, Fault.RESET_AFTER));

    assertThatThrownBy(() -> post("{'text':'once'}")).isInstanceOf(UncheckedIOException.class);

    assertThat(slack.newest().path("text").asText()).isEqualTo("once");
    assertThat(slack.journal.entries().get(0).changedState()).isTrue();
    assertThat(slack.journal.entries().get(0).door()).isEqualTo("slack");
  }

  @Test
  void answersAFaultInSlacksShape() {
    slack.faults.add(Faults.Rule.of(POST, Fault.ERRORS).saying("fatal_error"));
    slack.faults.add(Faults.Rule.of(POST, Fault.TOO_MANY_REQUESTS));

    assertThat(slack.call("chat.postMessage", SlackServer.message("{'text':'x'}")))
        .hasToString("{\"ok\":false,\"error\":\"fatal_error\"}");
    assertThat(slack.call("chat.postMessage", SlackServer.message("{'text':'x'}")))
        .hasToString("{\"ok\":false,\"error\":\"ratelimited\"}");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -301, 299})
  void signsACommandAtTheTimeThatIsAskedFor(long offset) throws InterruptedException {
    slack.control("commands", "{'text':'status production','offset':" + offset + "}");

    SlackServer.Heard heard = slack.heard.take();
    byte[] body = heard.body().getBytes(StandardCharsets.UTF_8);
    long wanted = Instant.now().getEpochSecond() + offset;
    assertThat(heard.body()).contains("text=status+production", "user_id=U012AB3CD");
    assertThat(Long.parseLong(heard.timestamp())).isBetween(wanted - 5, wanted);
    assertThat(heard.signature())
        .isEqualTo(Signature.v0(SlackServer.SECRET, heard.timestamp(), body));
  }

  /** The example of "Verifying requests from Slack". */
  @Test
  void signsAsSlacksPageShows() {
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
            + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    assertThat(
            Signature.v0(SlackServer.SECRET, "1531420618", body.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
  }

  @Test
  void sendsARequestAgainToTheLastBit() throws InterruptedException {
    String id = slack.control("commands", "{'text':'list','offset':-100}").path("id").asText();
    SlackServer.Heard first = slack.heard.take();

    slack.control("replay", "{'id':'" + id + "'}");

    assertThat(slack.heard.take()).isEqualTo(first);
  }

  @Test
  void showsWhatTheAppSaysToACommandToThatPersonAlone() {
    slack.theAppAnswers("Only you");

    slack.control("commands", "{'text':'list','user':'ben'}");

    JsonNode message = slack.shown().at("/channels/0/messages/0");
    assertThat(message.path("text").asText()).isEqualTo("Only you");
    assertThat(message.path("ephemeral").asText()).isEqualTo("U023BECGF");
    assertThat(slack.newest().isMissingNode()).isTrue();
  }

  @Test
  void takesFiveAnswersAtAResponseUrlAndNoMore() throws InterruptedException {
    slack.control("commands", "{'text':'list'}");
    String later = heard("response_url");

    for (int i = 0; i < 5; i++) {
      String body = "{\"response_type\":\"in_channel\",\"text\":\"answer " + i + "\"}";
      assertThat(slack.post(later, null, body).path("ok").asBoolean()).isTrue();
    }

    assertThat(slack.post(later, null, "{\"text\":\"six\"}").path("error").asText())
        .isEqualTo("used_url");
    assertThat(slack.newest().path("text").asText()).isEqualTo("answer 4");
  }

  @Test
  void replacesThePressedMessageThroughItsResponseUrl() throws InterruptedException {
    String ts = post(CARD);
    slack.control("press", "{'user':'ben','action':'Reject'}");
    JsonNode pressed = payload();

    slack.post(
        pressed.path("response_url").asText(),
        null,
        "{\"replace_original\":true,\"text\":\"rejected\"}");

    assertThat(pressed.at("/actions/0/value").asText()).isEqualTo("v");
    assertThat(pressed.at("/user/id").asText()).isEqualTo("U023BECGF");
    assertThat(slack.newest().path("ts").asText()).isEqualTo(ts);
    assertThat(slack.newest().path("text").asText()).isEqualTo("rejected");
  }

  @Test
  void submitsADialogThatOneTriggerOpenedOnce() throws InterruptedException {
    post(CARD);
    slack.control("press", "{'action':'reject'}");
    JsonNode arguments =
        SlackServer.message("{'view':" + DIALOG + "}")
            .put("trigger_id", payload().path("trigger_id").asText());
    JsonNode opened = slack.call("views.open", arguments.deepCopy());
    JsonNode again = slack.call("views.open", arguments.deepCopy());

    slack.control("submit", "{'values':{'reason':'too late'}}");

    JsonNode submitted = payload();
    assertThat(again.path("error").asText()).isEqualTo("exchanged_trigger_id");
    assertThat(submitted.at("/view/id")).isEqualTo(opened.at("/view/id"));
    assertThat(submitted.at("/view/state/values/why/reason/value").asText()).isEqualTo("too late");
    assertThat(slack.control("submit", "{'values':{'reason':'x'}}").path("error").asText())
        .startsWith("no dialog is open for U012AB3CD");
  }

  @Test
  void keepsADialogOpenWhoseAnswerHasErrors() throws InterruptedException {
    post(CARD);
    slack.control("press", "{'action':'reject'}");
    slack.call(
        "views.open",
        SlackServer.message("{'view':" + DIALOG + "}")
            .put("trigger_id", payload().path("trigger_id").asText()));
    slack.theAppAnswers("{\"response_action\":\"errors\",\"errors\":{\"why\":\"say more\"}}");

    slack.control("submit", "{'values':{'reason':'x'}}");

    slack.theAppAnswers("");
    assertThat(slack.control("submit", "{'values':{'reason':'more'}}").has("error")).isFalse();
  }
}
