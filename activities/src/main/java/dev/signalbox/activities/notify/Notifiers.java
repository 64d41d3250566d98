package dev.signalbox.activities.notify;

import dev.signalbox.activities.github.GitHubClient;
import java.util.List;

/** All places that exist, in the order in which they are told. */
public record Notifiers(List<Notifier> all) {
  public Notifiers {
    all = List.copyOf(all);
  }

  public static Notifiers of(GitHubClient github) {
    return new Notifiers(List.of(new PullRequestComments(github), new TopicIssues(github)));
  }
}
