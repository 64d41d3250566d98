package dev.signalbox.activities.notify;

import dev.signalbox.activities.github.GitHubClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All places that exist, in the order in which they are told. */
public record Notifiers(List<Notifier> all) {
  public Notifiers {
    all = List.copyOf(all);
  }

  /** With one more place, the last that is told. */
  public Notifiers and(Notifier place) {
    return new Notifiers(Stream.concat(all.stream(), Stream.of(place)).toList());
  }

  /** Where a card stands, if chat is configured. */
  Optional<CardPlace> cards() {
    return all.stream().filter(CardPlace.class::isInstance).map(CardPlace.class::cast).findFirst();
  }

  public static Notifiers of(GitHubClient github) {
    return new Notifiers(List.of(new PullRequestComments(github), new TopicIssues(github)));
  }
}
