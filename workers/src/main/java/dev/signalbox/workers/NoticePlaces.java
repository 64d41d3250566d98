package dev.signalbox.workers;

import dev.signalbox.activities.github.GitHubClient;
import dev.signalbox.activities.notify.Notifiers;
import dev.signalbox.activities.notify.SlackClient;
import dev.signalbox.activities.notify.SlackMessages;
import dev.signalbox.workers.config.WorkerConfig;
import java.time.Clock;

/** Where people are told. */
final class NoticePlaces {
  private NoticePlaces() {}

  static Notifiers of(WorkerConfig config, GitHubClient hub, Clock clock) {
    Notifiers github = Notifiers.of(hub);
    return config
        .slack()
        .map(
            slack ->
                github.and(
                    new SlackMessages(
                        new SlackClient(slack.url(), slack.variable(), slack.token(), clock),
                        slack.channel())))
        .orElse(github);
  }
}
