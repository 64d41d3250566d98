package dev.signalbox.sandbox;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slack's own client for Python, run as it is: with {@code -Pclients}. */
@Tag("clients")
class SlackClientTest extends ClientScripts {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/"})
  void servesSlacksOwnClient(String suffix) throws Exception {
    Map<String, String> variables =
        Map.of(
            "SLACK_URL",
            sandbox.slackUrl() + suffix,
            "SLACK_BOT_TOKEN",
            sandbox.slackToken(),
            "SLACK_SIGNING_SECRET",
            sandbox.slackSigningSecret(),
            "CONTROL",
            sandbox.url() + "/_sandbox");

    runAndWant("ok dialog", variables, ForeignClient.SLACK_SDK.installed(), script("slack.py"));
  }
}
