package dev.signalbox.activities.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.activities.http.Answer;
import dev.signalbox.activities.http.ApiException;
import dev.signalbox.activities.http.Credential;
import dev.signalbox.activities.http.JsonHttp;
import dev.signalbox.activities.http.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Slack's Web API, as much of it as we use. What Slack refuses it refuses in a 200: {@code ok} is
 * false and {@code error} says why.
 *
 * @see <a href="https://docs.slack.dev/reference/methods">The methods</a>; the token needs {@code
 *     chat:write}, and {@code channels:history} (of a private channel {@code groups:history}) to
 *     find what it posted when the answer was lost
 */
public final class SlackClient {
  /** Where Slack is. */
  public static final URI SLACK = URI.create("https://slack.com/api");

  private static final MediaType JSON = MediaType.get("application/json");
  private static final Duration UNSAID = Duration.ofSeconds(30);
  private static final int NEWEST = 100;

  /** Slack's own troubles, which pass by themselves. */
  private static final List<String> ILL =
      List.of(
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "team_added_to_org",
          "accesslimited");

  private static final List<String> TOKEN =
      List.of(
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "not_allowed_token_type");

  private final String base;
  private final JsonHttp http;
  private final Credential credential;

  /**
   * @param url to which {@code /chat.postMessage} is added
   * @param variable that the worker reads the token from
   */
  public SlackClient(URI url, String variable, Secret token, Clock clock) {
    this.base = url.toString().replaceAll("/+$", "");
    this.http = new JsonHttp("Slack", variable, clock, List.of(token));
    this.credential = Credential.bearer(token);
  }

  /** Posts; twice is two messages. Gives the message's {@code ts}. */
  String post(String channel, ObjectNode message) {
    return write("post a message to " + channel, "chat.postMessage", channel, message)
        .path("ts")
        .asText();
  }

  /** Posts what one person alone sees, where our app is; twice is two messages. */
  public void postFor(String user, String channel, ObjectNode message) {
    write(
        "post a message for " + user + " to " + channel,
        "chat.postEphemeral",
        channel,
        message.deepCopy().put("user", user));
  }

  /** Changes a message of ours in place; twice is the same. */
  void update(String channel, String ts, ObjectNode message) {
    write(
        "change the message " + ts + " in " + channel,
        "chat.update",
        channel,
        message.deepCopy().put("ts", ts));
  }

  /** Opens a dialog for whoever pressed; the trigger is good once and for three seconds. */
  public void openDialog(String trigger, ObjectNode view) {
    ObjectNode arguments = JsonHttp.mapper().createObjectNode().put("trigger_id", trigger);
    arguments.set("view", view);
    call("open a dialog", "views.open", arguments);
  }

  private JsonNode write(String tried, String method, String channel, ObjectNode message) {
    return call(tried, method, message.deepCopy().put("channel", channel));
  }

  private JsonNode call(String tried, String method, ObjectNode arguments) {
    return read(http.post(tried, URI.create(base + "/" + method), arguments, credential));
  }

  /** The id of the workspace that the token is of. */
  public String team() {
    return call("ask whose the token is", "auth.test", JsonHttp.mapper().createObjectNode())
        .path("team_id")
        .asText();
  }

  /**
   * Answers later, at the address that came with what somebody did. It knows no token; whoever
   * knows the address may answer there, so failures name its machine alone.
   */
  public void respond(URI responseUrl, ObjectNode message) {
    Request request =
        new Request.Builder()
            .url(responseUrl.toString())
            .post(RequestBody.create(message.toString(), JSON))
            .build();
    Request named = request.newBuilder().url(request.url().resolve("/")).build();
    exchange("answer what somebody did", request, named, http.client());
  }

  /** Our newest message whose metadata has this marker, of the newest hundred in the channel. */
  Optional<String> find(String channel, String marker) {
    HttpUrl url =
        HttpUrl.get(base + "/conversations.history")
            .newBuilder()
            .addQueryParameter("channel", channel)
            .addQueryParameter("limit", Integer.toString(NEWEST))
            .addQueryParameter("include_all_metadata", "true")
            .build();
    Request request = new Request.Builder().url(url).build();
    Answer answer =
        exchange(
            "look for a message in " + channel, request, request, http.client(() -> credential));
    for (JsonNode message : read(answer).path("messages")) {
      if (message.at("/metadata/event_payload/marker").asText().equals(marker)) {
        return Optional.of(message.path("ts").asText());
      }
    }
    return Optional.empty();
  }

  /**
   * @param named as which a failure names it
   */
  private Answer exchange(String tried, Request request, Request named, OkHttpClient client) {
    try (Response response = client.newCall(request).execute()) {
      Answer answer =
          new Answer(
              tried,
              named.method(),
              named.url().toString(),
              response.code(),
              response.headers(),
              response.body().string());
      if (!answer.ok()) {
        throw http.refused(answer);
      }
      return answer;
    } catch (IOException lost) {
      throw http.failed(tried, named, lost);
    }
  }

  private JsonNode read(Answer answer) {
    if (!answer.ok()) {
      throw http.refused(answer);
    }
    JsonNode body;
    try {
      body = JsonHttp.mapper().readTree(answer.text());
    } catch (JsonProcessingException none) {
      throw http.exception(
          ApiException.Kind.UNKNOWN_OUTCOME,
          answer,
          "no JSON: " + http.quote(answer.text()),
          "check SIGNALBOX_SLACK_URL",
          null);
    }
    if (!body.path("ok").asBoolean()) {
      throw refused(answer, body);
    }
    return body;
  }

  private ApiException refused(Answer answer, JsonNode body) {
    String code = http.quote(body.path("error").asText("no error"));
    String detail = body.at("/errors/0").asText("");
    String said = code + (detail.isEmpty() ? "" : " (" + http.quote(detail) + ")");
    if (code.equals("ratelimited")) {
      return http.exception(
          ApiException.Kind.RATE_LIMITED, answer, said, "wait, it is tried again", UNSAID);
    }
    if (ILL.contains(code)) {
      return http.exception(
          ApiException.Kind.UNAVAILABLE, answer, said, "wait until Slack is well", null);
    }
    if (code.equals("message_not_found")) {
      return http.exception(ApiException.Kind.NOT_FOUND, answer, said, "somebody deleted it", null);
    }
    return http.exception(ApiException.Kind.REJECTED, answer, said, advice(code, body), null);
  }

  private static String advice(String code, JsonNode body) {
    if (TOKEN.contains(code)) {
      return "set the bot token of the installed app in its variable (docs/operating/slack.md)";
    }
    return switch (code) {
      case "missing_scope" ->
          "give the app the scope "
              + body.path("needed").asText("it lacks")
              + " and install it anew";
      case "not_in_channel" -> "invite the app into the channel: /invite @signalbox";
      case "channel_not_found" ->
          "set `channel` under [notify] to the channel's id (C…), which the app must see";
      case "is_archived" -> "name a channel that is not archived";
      default -> "see Slack's page of this method for '" + code + "'";
    };
  }
}
